import type { ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { buildPrompt, runCli, withConfig } from "../toolkit/index.ts";
import { opencodeLocalConfig } from "./config.ts";
import { ownSettings } from "./own-settings.ts";
import { createOpencodeParser, isOpencodeUnknownSession } from "./parse.ts";

/** Runs OpenCode once. The prompt comes by standard input. */
export const executeOpencode = (context: ExecutionContext): Promise<ExecutionResult> =>
  withConfig(context, opencodeLocalConfig, async (config) => {
    const { prompt } = await buildPrompt(context, config, { instructions: "inline", skills: "discovered" });
    const options = ["run", "--format", "json"];
    if (config.model) options.push("--model", config.model);
    if (config.agent) options.push("--agent", config.agent);
    if (config.variant) options.push("--variant", config.variant);
    if (config.dangerouslyAutoApprove) options.push("--auto");
    const model = config.model ?? null;
    return runCli(context, {
      command: config.command,
      args: (session) => [...options, ...(session ? ["--session", session] : []), ...config.extraArgs],
      stdin: prompt,
      env: { OPENCODE_DISABLE_AUTOUPDATE: "1", ...ownSettings(context) },
      model,
      timeoutSec: config.timeoutSec,
      graceSec: config.graceSec,
      createParser: () => createOpencodeParser(model),
      isUnknownSession: isOpencodeUnknownSession,
    });
  });
