export * from "./decide-tool-approval.ts";
export * from "./get-tool-approval.ts";
export * from "./list-tool-approvals.ts";
export * from "./request-tool-approval.ts";
export * from "./settle-tool-approvals.ts";
