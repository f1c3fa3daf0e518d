export * from "./create-tool-rule.ts";
export * from "./delete-tool-rule.ts";
export * from "./list-tool-rules.ts";
export * from "./update-tool-rule.ts";
