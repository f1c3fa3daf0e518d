import type { LocalAdapter } from "../local-adapter.ts";
import { terminalOf } from "../toolkit/terminal.ts";
import { geminiLocalDefinition } from "./definition.ts";
import { executeGemini } from "./execute.ts";
import { testGeminiEnvironment } from "./test-environment.ts";
import { readGeminiEvent } from "./transcript.ts";

/** Gemini CLI, started by a runner. */
export const geminiLocalAdapter: LocalAdapter = {
  definition: geminiLocalDefinition,
  program: { name: "gemini", versionArgs: ["--version"] },
  execute: executeGemini,
  testEnvironment: testGeminiEnvironment,
  formatEvent: terminalOf(readGeminiEvent),
};
