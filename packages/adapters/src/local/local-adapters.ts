import { claudeLocalAdapter } from "./claude-local/index.ts";
import { codexLocalAdapter } from "./codex-local/index.ts";
import { cursorAdapter } from "./cursor/index.ts";
import { geminiLocalAdapter } from "./gemini-local/index.ts";
import { hermesLocalAdapter } from "./hermes-local/index.ts";
import type { LocalAdapter } from "./local-adapter.ts";
import { opencodeLocalAdapter } from "./opencode-local/index.ts";
import { piLocalAdapter } from "./pi-local/index.ts";
import { processAdapter } from "./process/index.ts";

/** Every adapter that a runner has by itself. */
export const localAdapters: readonly LocalAdapter[] = [
  processAdapter,
  claudeLocalAdapter,
  codexLocalAdapter,
  cursorAdapter,
  geminiLocalAdapter,
  opencodeLocalAdapter,
  piLocalAdapter,
  hermesLocalAdapter,
];
