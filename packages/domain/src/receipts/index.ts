export * from "./canonical-json.ts";
export * from "./ports.ts";
