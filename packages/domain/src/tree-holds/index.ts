export * from "./hold-issue.ts";
export * from "./list-holds.ts";
export * from "./preview-hold.ts";
export * from "./release-hold.ts";
