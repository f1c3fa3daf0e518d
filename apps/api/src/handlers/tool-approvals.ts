import {
  allowToolCall,
  createToolRule,
  deleteToolRule,
  denyToolCall,
  getToolApproval,
  listToolApprovals,
  listToolRules,
  requestToolApproval,
  updateToolRule,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const toolApprovalHandlers: HandlersOf<"toolApprovals" | "toolRules"> = {
  "toolApprovals.request": requestToolApproval,
  "toolApprovals.list": listToolApprovals,
  "toolApprovals.get": getToolApproval,
  "toolApprovals.allow": allowToolCall,
  "toolApprovals.deny": denyToolCall,
  "toolRules.list": listToolRules,
  "toolRules.create": createToolRule,
  "toolRules.update": updateToolRule,
  "toolRules.delete": deleteToolRule,
};
