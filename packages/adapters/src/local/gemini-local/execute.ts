import type { ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { buildPrompt, runCli, withConfig } from "../toolkit/index.ts";
import { geminiLocalConfig } from "./config.ts";
import { createGeminiParser, isGeminiUnknownSession } from "./parse.ts";

/** Runs Gemini CLI once. The prompt comes by standard input, to which the empty `-p` adds nothing. */
export const executeGemini = (context: ExecutionContext): Promise<ExecutionResult> =>
  withConfig(context, geminiLocalConfig, async (config) => {
    const { prompt } = await buildPrompt(context, config, { instructions: "inline", skills: "named" });
    const options = ["--output-format", "stream-json", "--approval-mode", config.approvalMode];
    if (config.sandbox) options.push("--sandbox");
    if (config.model) options.push("--model", config.model);
    // Its tools read nothing outside the working folder and these.
    if (context.job.skills.length > 0) options.push("--include-directories", context.skillsDir);
    return runCli(context, {
      command: config.command,
      args: (session) => [...options, ...(session ? ["--resume", session] : []), ...config.extraArgs, "-p", ""],
      stdin: prompt,
      // The folder is the runner's choice; without this it asks whether to trust it, and does nothing.
      env: { GEMINI_CLI_TRUST_WORKSPACE: "true" },
      model: config.model ?? null,
      timeoutSec: config.timeoutSec,
      graceSec: config.graceSec,
      createParser: createGeminiParser,
      isUnknownSession: isGeminiUnknownSession,
    });
  });
