import type { LocalAdapter } from "../local-adapter.ts";
import { terminalOf } from "../toolkit/terminal.ts";
import { piLocalDefinition } from "./definition.ts";
import { executePi } from "./execute.ts";
import { testPiEnvironment } from "./test-environment.ts";
import { readPiEvent } from "./transcript.ts";

/** pi, started by a runner. */
export const piLocalAdapter: LocalAdapter = {
  definition: piLocalDefinition,
  program: { name: "pi", versionArgs: ["--version"] },
  execute: executePi,
  testEnvironment: testPiEnvironment,
  formatEvent: terminalOf(readPiEvent),
};
