import {
  runLogOperations,
  runnerOperations,
  runOperations,
  systemOperations,
  toolApprovalOperations,
  workspaceOperations,
} from "@boardroom/contract";

/** What a runner calls. The others stay out of its program. */
export const runnerCalls = {
  ...runnerOperations,
  ...runOperations,
  ...runLogOperations,
  ...toolApprovalOperations,
  ...workspaceOperations,
  ...systemOperations,
} as const;

export type RunnerCalls = typeof runnerCalls;
