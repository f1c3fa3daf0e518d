import { randomBytes } from "node:crypto";
import type { CommandResult } from "@boardroom/adapters/local";
import { checkCommand } from "../policy/check-command.ts";
import { machineEnv } from "../policy/filter-env.ts";
import type { Policy } from "../policy/policy.ts";
import { runCommand } from "../processes/run-command.ts";

/** This machine, as far as the policy shows it. */
export interface Machine {
  policy: Policy;
  env: NodeJS.ProcessEnv;
  /** Where programs are looked for. */
  path: string;
  /** Where harmless questions are asked. */
  folder: string;
}

const probeMs = 10_000;

/** Asks a program something harmless, such as its version, under the same policy as any run. */
export async function probeProgram(
  { policy, env, path: searchPath, folder }: Machine,
  command: string,
  args: readonly string[],
): Promise<CommandResult> {
  const checked = checkCommand(command, policy.allowedCommands, searchPath);
  if (checked.kind !== "allowed") return notStarted(checked);
  return runCommand({
    path: checked.path,
    args,
    stdin: "",
    cwd: folder,
    env: machineEnv(policy, env),
    marker: randomBytes(18).toString("base64url"),
    signal: new AbortController().signal,
    limitMs: probeMs,
    graceSec: 1,
    output: async () => undefined,
    started: () => undefined,
  });
}

export const notStarted = (checked: { kind: "denied" | "missing"; message: string }): CommandResult => ({
  exitCode: null,
  signal: null,
  timedOut: false,
  cancelled: false,
  startError: { code: checked.kind === "denied" ? "policy_denied" : "command_not_found", message: checked.message },
  stdoutTail: "",
  stderrTail: "",
});
