import { claudeLocalAdapter } from "./claude-local/index.ts";
import { codexLocalAdapter } from "./codex-local/index.ts";
import type { LocalAdapter } from "./local-adapter.ts";
import { processAdapter } from "./process/index.ts";

/** Every adapter that a runner has by itself. */
export const localAdapters: readonly LocalAdapter[] = [processAdapter, claudeLocalAdapter, codexLocalAdapter];
