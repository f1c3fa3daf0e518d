import type { ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { buildPrompt, runCli, withConfig } from "../toolkit/index.ts";
import { cursorConfig } from "./config.ts";
import { createCursorParser, isCursorUnknownSession } from "./parse.ts";

/** Runs Cursor's command line once. The prompt comes by standard input. */
export const executeCursor = (context: ExecutionContext): Promise<ExecutionResult> =>
  withConfig(context, cursorConfig, async (config) => {
    const { prompt } = await buildPrompt(context, config, { instructions: "inline", skills: "named" });
    const options = ["-p", "--output-format", "stream-json", "--trust", "--workspace", context.cwd];
    if (config.mode !== "agent") options.push("--mode", config.mode);
    if (config.force) options.push("--force");
    if (config.sandbox) options.push("--sandbox", config.sandbox);
    if (config.model) options.push("--model", config.model);
    return runCli(context, {
      command: config.command,
      args: (session) => [...options, ...(session ? ["--resume", session] : []), ...config.extraArgs],
      stdin: prompt,
      model: config.model ?? null,
      timeoutSec: config.timeoutSec,
      graceSec: config.graceSec,
      createParser: createCursorParser,
      isUnknownSession: isCursorUnknownSession,
    });
  });
