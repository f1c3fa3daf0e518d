import type { ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { renderTemplate, runCli, templateValues, withConfig } from "../toolkit/index.ts";
import { processConfig } from "./config.ts";
import { createProcessParser } from "./parse.ts";

/** Runs a program once. */
export const executeProcess = (context: ExecutionContext): Promise<ExecutionResult> =>
  withConfig(context, processConfig, (config) =>
    runCli(context, {
      command: config.command,
      args: () => config.args,
      stdin: config.stdin === undefined ? "" : renderTemplate(config.stdin, templateValues(context)).text,
      model: null,
      timeoutSec: config.timeoutSec,
      graceSec: config.graceSec,
      createParser: createProcessParser,
      isUnknownSession: () => false,
      isSessionless: true,
    }),
  );
