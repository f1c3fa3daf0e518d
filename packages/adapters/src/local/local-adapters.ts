import type { LocalAdapter } from "./local-adapter.ts";

/** Every adapter that a runner has by itself. */
export const localAdapters: readonly LocalAdapter[] = [];
