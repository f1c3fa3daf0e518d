import type { LocalAdapter } from "../local-adapter.ts";
import { terminalOf } from "../toolkit/terminal.ts";
import { processDefinition } from "./definition.ts";
import { executeProcess } from "./execute.ts";
import { testProcessEnvironment } from "./test-environment.ts";
import { readProcessEvent } from "./transcript.ts";

/** Any program, started by a runner. */
export const processAdapter: LocalAdapter = {
  definition: processDefinition,
  program: null,
  execute: executeProcess,
  testEnvironment: testProcessEnvironment,
  formatEvent: terminalOf(readProcessEvent),
};
