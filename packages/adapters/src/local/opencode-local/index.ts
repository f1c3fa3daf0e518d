import type { LocalAdapter } from "../local-adapter.ts";
import { terminalOf } from "../toolkit/terminal.ts";
import { opencodeLocalDefinition } from "./definition.ts";
import { executeOpencode } from "./execute.ts";
import { testOpencodeEnvironment } from "./test-environment.ts";
import { readOpencodeEvent } from "./transcript.ts";

/** OpenCode, started by a runner. */
export const opencodeLocalAdapter: LocalAdapter = {
  definition: opencodeLocalDefinition,
  program: { name: "opencode", versionArgs: ["--version"] },
  execute: executeOpencode,
  testEnvironment: testOpencodeEnvironment,
  formatEvent: terminalOf(readOpencodeEvent),
};
