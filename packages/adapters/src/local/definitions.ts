import type { AdapterDefinition } from "../definition.ts";
import { claudeLocalDefinition } from "./claude-local/definition.ts";
import { codexLocalDefinition } from "./codex-local/definition.ts";
import { cursorDefinition } from "./cursor/definition.ts";
import { geminiLocalDefinition } from "./gemini-local/definition.ts";
import { hermesLocalDefinition } from "./hermes-local/definition.ts";
import { opencodeLocalDefinition } from "./opencode-local/definition.ts";
import { piLocalDefinition } from "./pi-local/definition.ts";
import { processDefinition } from "./process/definition.ts";

/** Every kind of agent that a runner starts. */
export const localDefinitions: readonly AdapterDefinition[] = [
  processDefinition,
  claudeLocalDefinition,
  codexLocalDefinition,
  cursorDefinition,
  geminiLocalDefinition,
  opencodeLocalDefinition,
  piLocalDefinition,
  hermesLocalDefinition,
];
