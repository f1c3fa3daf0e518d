import type { LocalAdapter } from "../local-adapter.ts";
import { terminalOf } from "../toolkit/terminal.ts";
import { claudeLocalDefinition } from "./definition.ts";
import { executeClaude } from "./execute.ts";
import { testClaudeEnvironment } from "./test-environment.ts";
import { readClaudeEvent } from "./transcript.ts";

/** Claude Code, started by a runner. */
export const claudeLocalAdapter: LocalAdapter = {
  definition: claudeLocalDefinition,
  program: { name: "claude", versionArgs: ["--version"] },
  execute: executeClaude,
  testEnvironment: testClaudeEnvironment,
  formatEvent: terminalOf(readClaudeEvent),
};
