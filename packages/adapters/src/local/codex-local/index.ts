import type { LocalAdapter } from "../local-adapter.ts";
import { terminalOf } from "../toolkit/terminal.ts";
import { codexLocalDefinition } from "./definition.ts";
import { executeCodex } from "./execute.ts";
import { testCodexEnvironment } from "./test-environment.ts";
import { readCodexEvent } from "./transcript.ts";

/** Codex, started by a runner. */
export const codexLocalAdapter: LocalAdapter = {
  definition: codexLocalDefinition,
  program: { name: "codex", versionArgs: ["--version"] },
  execute: executeCodex,
  testEnvironment: testCodexEnvironment,
  formatEvent: terminalOf(readCodexEvent),
};
