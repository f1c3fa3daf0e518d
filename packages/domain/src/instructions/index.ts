export * from "./get-instructions.ts";
export * from "./update-instructions.ts";
