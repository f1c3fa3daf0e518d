import type { AdapterDefinition } from "../definition.ts";
import { claudeLocalDefinition } from "./claude-local/definition.ts";
import { codexLocalDefinition } from "./codex-local/definition.ts";
import { processDefinition } from "./process/definition.ts";

/** Every kind of agent that a runner starts. */
export const localDefinitions: readonly AdapterDefinition[] = [
  processDefinition,
  claudeLocalDefinition,
  codexLocalDefinition,
];
