import type { LocalAdapter } from "../local-adapter.ts";
import { terminalOf } from "../toolkit/terminal.ts";
import { cursorDefinition } from "./definition.ts";
import { executeCursor } from "./execute.ts";
import { testCursorEnvironment } from "./test-environment.ts";
import { readCursorEvent } from "./transcript.ts";

/** Cursor's command line, started by a runner. */
export const cursorAdapter: LocalAdapter = {
  definition: cursorDefinition,
  program: { name: "cursor-agent", versionArgs: ["--version"] },
  execute: executeCursor,
  testEnvironment: testCursorEnvironment,
  formatEvent: terminalOf(readCursorEvent),
};
