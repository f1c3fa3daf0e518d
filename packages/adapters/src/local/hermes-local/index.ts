import type { LocalAdapter } from "../local-adapter.ts";
import { terminalOf } from "../toolkit/terminal.ts";
import { hermesLocalDefinition } from "./definition.ts";
import { executeHermes } from "./execute.ts";
import { testHermesEnvironment } from "./test-environment.ts";
import { readHermesEvent } from "./transcript.ts";

/** Hermes Agent, started by a runner. */
export const hermesLocalAdapter: LocalAdapter = {
  definition: hermesLocalDefinition,
  program: { name: "hermes", versionArgs: ["--version"] },
  execute: executeHermes,
  testEnvironment: testHermesEnvironment,
  formatEvent: terminalOf(readHermesEvent),
};
