export * from "./create-agent-key.ts";
export * from "./create-board-key.ts";
export * from "./list-agent-keys.ts";
export * from "./list-board-keys.ts";
export * from "./revoke-agent-key.ts";
export * from "./revoke-board-key.ts";
