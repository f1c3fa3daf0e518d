import { readAuditState, readIssueAt } from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const auditHandlers: HandlersOf<"audit"> = {
  "audit.state": readAuditState,
  "audit.issueAt": readIssueAt,
};
