export * from "./export-log.ts";
export * from "./read-audit-state.ts";
export * from "./read-issue-at.ts";
export * from "./seal-company.ts";
export * from "./seal-logs.ts";
