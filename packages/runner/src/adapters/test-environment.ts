import { statSync } from "node:fs";
import { type EnvironmentCheck, type EnvironmentTestJob, environmentCheck } from "@boardroom/contract";
import * as z from "zod";
import { messageOf } from "../api/judge-error.ts";
import { checkCommand } from "../policy/check-command.ts";
import { resolveAllowed } from "../policy/check-folder.ts";
import { machineEnv } from "../policy/filter-env.ts";
import type { LoadedAdapters } from "./load-adapters.ts";
import { type Machine, notStarted, probeProgram } from "./probe-program.ts";

/** Looks at whether an adapter would work on this machine. Resolves in any case, with what was found. */
export async function testEnvironment(
  { adapter: { type, config } }: EnvironmentTestJob,
  adapters: LoadedAdapters,
  machine: Machine,
): Promise<EnvironmentCheck[]> {
  const adapter = adapters.find(type);
  if (!adapter)
    return [failure("adapter_missing", `This runner has no adapter "${type}", or its policy leaves it out.`)];
  const folders = [...machine.policy.allowedFolders, machine.folder];
  try {
    const checks = await adapter.testEnvironment({
      config,
      envNames: Object.keys(machineEnv(machine.policy, machine.env)).sort(),
      findProgram: async (command) => {
        const checked = checkCommand(command, machine.policy.allowedCommands, machine.path);
        return checked.kind === "allowed" ? null : notStarted(checked).startError;
      },
      probe: (command, args) => probeProgram(machine, command, args),
      inspectPath: async (path) => inspect(resolveAllowed(path, folders)),
    });
    return z.array(environmentCheck).max(50).parse(checks);
  } catch (error) {
    return [failure("test_failed", `The adapter's own test failed: ${messageOf(error)}`)];
  }
}

const failure = (code: string, message: string): EnvironmentCheck => ({
  level: "error",
  code,
  message: message.slice(0, 2000).toWellFormed().replaceAll("\u0000", ""),
});

function inspect(path: string | null): "folder" | "file" | "missing" | "denied" {
  if (path === null) return "denied";
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return "missing";
  }
}
