import {
  createAgentKey,
  createBoardKey,
  listAgentKeys,
  listBoardKeys,
  revokeAgentKey,
  revokeBoardKey,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const keyHandlers: HandlersOf<"boardKeys" | "agentKeys"> = {
  "boardKeys.list": listBoardKeys,
  "boardKeys.create": createBoardKey,
  "boardKeys.revoke": revokeBoardKey,
  "agentKeys.list": listAgentKeys,
  "agentKeys.create": createAgentKey,
  "agentKeys.revoke": revokeAgentKey,
};
