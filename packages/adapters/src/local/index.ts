export type * from "./local-adapter.ts";
export { localAdapters } from "./local-adapters.ts";
export { invocationLine } from "./toolkit/invocation-line.ts";
export { maskSecrets } from "./toolkit/mask-secrets.ts";
export { instructionsFolder } from "./toolkit/prompt.ts";
