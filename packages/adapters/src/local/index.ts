export type * from "./local-adapter.ts";
export { localAdapters } from "./local-adapters.ts";
