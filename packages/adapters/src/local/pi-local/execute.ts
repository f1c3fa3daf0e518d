import type { ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { buildPrompt, runCli, withConfig } from "../toolkit/index.ts";
import { piLocalConfig } from "./config.ts";
import { logPiLine } from "./log-line.ts";
import { createPiParser, isPiUnknownSession } from "./parse.ts";

/** Runs pi once. The prompt comes by standard input. */
export const executePi = (context: ExecutionContext): Promise<ExecutionResult> =>
  withConfig(context, piLocalConfig, async (config) => {
    const { prompt, instructions } = await buildPrompt(context, config, {
      instructions: "separate",
      skills: "discovered",
    });
    const options = ["--mode", "json", "-p"];
    if (config.provider) options.push("--provider", config.provider);
    if (config.model) options.push("--model", config.model);
    if (config.thinking) options.push("--thinking", config.thinking);
    if (config.tools.length > 0) options.push("--tools", config.tools.join(","));
    if (context.job.skills.length > 0) options.push("--skill", context.skillsDir);
    if (instructions !== null) {
      options.push("--append-system-prompt", await context.writeFile("scratch", "instructions.md", instructions));
    }
    return runCli(context, {
      command: config.command,
      args: (session) => [...options, ...(session ? ["--session", session] : []), ...config.extraArgs],
      stdin: prompt,
      env: { PI_SKIP_VERSION_CHECK: "1" },
      model: config.model ?? null,
      timeoutSec: config.timeoutSec,
      graceSec: config.graceSec,
      createParser: createPiParser,
      isUnknownSession: isPiUnknownSession,
      logLine: logPiLine,
    });
  });
