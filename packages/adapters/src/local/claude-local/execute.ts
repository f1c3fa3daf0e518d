import type * as z from "zod";
import type { ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { buildPrompt, placeSkills, runCli, withConfig } from "../toolkit/index.ts";
import { answerControlRequest } from "./answer-control-request.ts";
import { claudeLocalConfig } from "./config.ts";
import { createClaudeParser, isClaudeUnknownSession } from "./parse.ts";

type Config = z.output<typeof claudeLocalConfig>;

/** Tools that wait for somebody at the terminal, or for a later time: a run has neither. */
const absentTools = ["AskUserQuestion", "EnterPlanMode", "ExitPlanMode", "ScheduleWakeup", "CronCreate"];

/**
 * Where tool calls are asked about, only the user's own settings count: whoever writes into the working folder could else
 * allow tools there, or name hooks and helpers that start without a question.
 */
const userSettingsOnly = ["--setting-sources", "user"];

/** Runs Claude Code once. */
export const executeClaude = (context: ExecutionContext): Promise<ExecutionResult> =>
  withConfig(context, claudeLocalConfig, async (config) => {
    const asks = config.toolApprovals && !config.dangerouslySkipPermissions;
    // Without the folders' settings it looks for neither skills nor the memory file, which are only text.
    const skills = asks ? "named" : "discovered";
    const { prompt, instructions } = await buildPrompt(context, config, { instructions: "separate", skills });
    const memory = asks ? await context.readFile("CLAUDE.md") : null;
    const told = [memory, instructions].filter((text) => text !== null).join("\n\n");
    const files: string[] = [];
    if (context.job.skills.length > 0) {
      files.push("--add-dir", asks ? context.skillsDir : await placeSkills(context, ".claude/skills"));
    }
    if (told !== "")
      files.push("--append-system-prompt-file", await context.writeFile("scratch", "instructions.md", told));
    return runCli(context, {
      command: config.command,
      args: (session) => [
        ...files,
        ...optionsOf(config, asks),
        ...(session ? ["--resume", session] : []),
        ...config.extraArgs,
      ],
      stdin: asks ? `${JSON.stringify({ type: "user", message: { role: "user", content: prompt } })}\n` : prompt,
      model: config.model ?? null,
      timeoutSec: config.timeoutSec,
      graceSec: config.graceSec,
      createParser: () => createClaudeParser(),
      isUnknownSession: isClaudeUnknownSession,
      ...(asks ? { startConversation: () => (line, process) => answerControlRequest(context, line, process) } : {}),
    });
  });

function optionsOf(config: Config, asks: boolean): string[] {
  const options = ["-p", "--output-format", "stream-json", "--verbose", "--disallowedTools", absentTools.join(",")];
  if (asks) options.push("--input-format", "stream-json", "--permission-prompt-tool", "stdio", ...userSettingsOnly);
  if (config.dangerouslySkipPermissions) options.push("--dangerously-skip-permissions");
  if (config.model) options.push("--model", config.model);
  if (config.effort) options.push("--effort", config.effort);
  if (config.maxTurns !== undefined) options.push("--max-turns", String(config.maxTurns));
  return options;
}
