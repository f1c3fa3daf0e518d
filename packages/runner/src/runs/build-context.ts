import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import {
  type CommandRequest,
  type CommandResult,
  type ExecutionContext,
  invocationLine,
  maskSecrets,
} from "@boardroom/adapters/local";
import type { RunJob, Usage } from "@boardroom/contract";
import { notStarted } from "../adapters/probe-program.ts";
import type { RunLog } from "../logs/run-log.ts";
import { checkCommand } from "../policy/check-command.ts";
import { resolveAllowed } from "../policy/check-folder.ts";
import { adapterEnv } from "../policy/filter-env.ts";
import type { Policy } from "../policy/policy.ts";
import type { StartedGroup } from "../processes/process-groups.ts";
import { runCommand } from "../processes/run-command.ts";
import type { ToolAsker } from "./ask-tool.ts";
import type { TemporaryFolders } from "./temporary-folders.ts";

export interface ContextParts {
  job: RunJob;
  cwd: string;
  env: Readonly<Record<string, string>>;
  policy: Policy;
  /** Where programs are looked for. */
  searchPath: string;
  folders: TemporaryFolders;
  log: RunLog;
  asker: ToolAsker;
  marker: string;
  signal: AbortSignal;
  /** When the run has to be over, by this machine's clock. */
  endAtMs: number;
  started(group: StartedGroup): void;
  usage(usage: Usage): void;
}

const maxReadBytes = 256 * 1024;

/** What an adapter may do in a run; all of it is held against the policy of this machine. */
export function buildContext(parts: ContextParts): ExecutionContext {
  const { job, cwd, env, policy, folders, log, asker, signal } = parts;
  return {
    job,
    cwd,
    env,
    skillsDir: folders.skillsDir,
    scratchDir: folders.scratchDir,
    // A session belongs to the folder that it was made in.
    session: job.session && job.session.params.cwd === cwd ? job.session : null,
    run: (command) => runInGroup(parts, command),
    writeFile: folders.write,
    readFile: async (path) => readAllowed(resolve(cwd, path), [cwd, ...policy.allowedFolders]),
    askTool: (call) => asker.ask(call),
    meta: (invocation) => log.note(maskSecrets({ job, env }, invocationLine(invocation))),
    usage: parts.usage,
    signal,
  };
}

async function runInGroup(parts: ContextParts, { command, env, ...rest }: CommandRequest): Promise<CommandResult> {
  const checked = checkCommand(command, parts.policy.allowedCommands, parts.searchPath);
  if (checked.kind !== "allowed") return notStarted(checked);
  return runCommand({
    ...rest,
    path: checked.path,
    cwd: parts.cwd,
    env: { ...parts.env, ...adapterEnv(env ?? {}) },
    marker: parts.marker,
    signal: parts.signal,
    limitMs: parts.endAtMs - Date.now(),
    output: (stream, bytes) => parts.log.write(stream, bytes),
    started: parts.started,
  });
}

function readAllowed(path: string, folders: readonly string[]): string | null {
  const allowed = resolveAllowed(path, folders);
  if (allowed === null) return null;
  try {
    const { size } = statSync(allowed);
    return statSync(allowed).isFile() && size <= maxReadBytes ? readFileSync(allowed, "utf8") : null;
  } catch {
    return null;
  }
}
