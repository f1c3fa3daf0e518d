import type * as z from "zod";
import type { ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { buildPrompt, runCli, withConfig } from "../toolkit/index.ts";
import { initializeLine, startAppServerConversation } from "./app-server-conversation.ts";
import { codexLocalConfig } from "./config.ts";
import { createCodexParser, isCodexUnknownSession } from "./parse.ts";
import { createAppServerParser } from "./parse-app-server.ts";

type Config = z.output<typeof codexLocalConfig>;

/** Runs Codex once: through its app server when tool calls are to be decided on, else by `codex exec`. */
export const executeCodex = (context: ExecutionContext): Promise<ExecutionResult> =>
  withConfig(context, codexLocalConfig, (config) =>
    config.toolApprovals && !config.dangerouslyBypassApprovalsAndSandbox
      ? executeByAppServer(context, config)
      : executeByExec(context, config),
  );

async function executeByExec(context: ExecutionContext, config: Config): Promise<ExecutionResult> {
  const { prompt } = await buildPrompt(context, config, { instructions: "inline", skills: "named" });
  const options = ["exec", "--json", "--skip-git-repo-check", ...settingsOf(config)];
  if (config.dangerouslyBypassApprovalsAndSandbox) options.push("--dangerously-bypass-approvals-and-sandbox");
  else options.push("--sandbox", config.sandbox);
  if (config.model) options.push("--model", config.model);
  if (config.effort) options.push("-c", `model_reasoning_effort="${config.effort}"`);
  return runCli(context, {
    ...commonOf(config),
    args: (session) => [...options, ...config.extraArgs, ...(session ? ["resume", session] : []), "-"],
    stdin: prompt,
    createParser: (resumed) => createCodexParser(config.model ?? null, resumed),
  });
}

async function executeByAppServer(context: ExecutionContext, config: Config): Promise<ExecutionResult> {
  const { prompt, instructions } = await buildPrompt(context, config, { instructions: "separate", skills: "named" });
  const thread = {
    cwd: context.cwd,
    // Asks before every command that isn't known to be harmless, instead of when the model likes to.
    approvalPolicy: "untrusted",
    approvalsReviewer: "user",
    sandbox: config.sandbox,
    ...(config.model ? { model: config.model } : {}),
    ...(instructions === null ? {} : { developerInstructions: instructions }),
  };
  const turn = { thread, prompt, effort: config.effort ?? null };
  return runCli(context, {
    ...commonOf(config),
    args: () => ["app-server", ...settingsOf(config), ...distrust(context.cwd), ...config.extraArgs],
    stdin: initializeLine,
    createParser: () => createAppServerParser(config.model ?? null),
    startConversation: (session) => startAppServerConversation(context, turn, session),
  });
}

/**
 * Whoever writes into the working folder could else allow commands there, or name servers that start without a question: of a
 * folder that isn't trusted, Codex takes no settings. JSON's strings are TOML's, too.
 */
const distrust = (cwd: string): string[] => ["-c", `projects={${JSON.stringify(cwd)}={trust_level="untrusted"}}`];

const commonOf = ({ command, model, timeoutSec, graceSec }: Config) => ({
  command,
  model: model ?? null,
  timeoutSec,
  graceSec,
  isUnknownSession: isCodexUnknownSession,
});

/** Its commands need the run's own variables, PAPERCLIP_API_KEY among them, which Codex may leave out by their names. */
const settingsOf = ({ networkAccess }: Config): string[] => [
  "-c",
  `sandbox_workspace_write.network_access=${networkAccess}`,
  "-c",
  'shell_environment_policy.inherit="all"',
  "-c",
  "shell_environment_policy.ignore_default_excludes=true",
];
