import type * as z from "zod";
import type { ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { buildPrompt, runCli, withConfig } from "../toolkit/index.ts";
import { hermesLocalConfig } from "./config.ts";
import { createHermesParser, isHermesUnknownSession } from "./parse.ts";

/** Runs Hermes Agent once. The prompt comes from a file, so that nothing in it is read as a command. */
export const executeHermes = (context: ExecutionContext): Promise<ExecutionResult> =>
  withConfig(context, hermesLocalConfig, async (config) => {
    const { prompt } = await buildPrompt(context, config, { instructions: "inline", skills: "named" });
    const promptFile = await context.writeFile("scratch", "prompt.md", prompt);
    const options = [...optionsOf(config), "--query-file", promptFile];
    let parser = createHermesParser(config.outputFormat);
    const listening: ExecutionContext = {
      ...context,
      async run(command) {
        const ended = await context.run(command);
        // It names the session on standard error, at the end.
        parser.readErrors(ended.stderrTail);
        return ended;
      },
    };
    return runCli(listening, {
      command: config.command,
      args: (session) => [...options, ...(session ? ["--resume", session] : []), ...config.extraArgs],
      model: config.model ?? null,
      timeoutSec: config.timeoutSec,
      graceSec: config.graceSec,
      createParser() {
        parser = createHermesParser(config.outputFormat);
        return parser;
      },
      isUnknownSession: isHermesUnknownSession,
    });
  });

function optionsOf(config: z.output<typeof hermesLocalConfig>): string[] {
  const options = [...(config.profile ? ["--profile", config.profile] : []), "chat", "--quiet", "--source", "tool"];
  if (config.outputFormat === "stream-json") options.push("--format", "stream-json");
  if (config.provider) options.push("--provider", config.provider);
  if (config.model) options.push("--model", config.model);
  if (config.toolsets.length > 0) options.push("--toolsets", config.toolsets.join(","));
  if (config.dangerouslySkipApprovals) options.push("--yolo");
  return options;
}
