import { existsSync, readFileSync } from "node:fs";
import type { RunnerHome } from "../home/runner-home.ts";
import { writePrivateFile } from "../home/write-private-file.ts";
import { RunnerError } from "../runner-error.ts";
import { type Policy, policySchema } from "./policy.ts";

/** What holds for a new runner: the known coding agents, in folders that it is told or makes itself. */
export const defaultPolicy = (
  programs: readonly string[],
  over: { allowedFolders?: string[]; allowedCommands?: string[]; maxSlots?: number } = {},
): Policy =>
  policySchema.parse({
    version: 1,
    allowedFolders: over.allowedFolders ?? [],
    allowedCommands: [...new Set([...programs, ...(over.allowedCommands ?? [])])],
    ...(over.maxSlots !== undefined && { maxSlots: over.maxSlots }),
  });

export const writePolicy = (home: RunnerHome, policy: Policy): void =>
  writePrivateFile(home.policyFile, `${JSON.stringify(policy, null, 2)}\n`);

/** @throws RunnerError bad_policy: a policy that can't be read allows nothing, so nothing is started with it */
export function readPolicy(home: RunnerHome): Policy {
  if (!existsSync(home.policyFile)) {
    throw new RunnerError("bad_policy", `${home.policyFile} is missing; without a policy nothing may run.`);
  }
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(home.policyFile, "utf8"));
  } catch (cause) {
    throw new RunnerError("bad_policy", `${home.policyFile} is no JSON.`, { cause });
  }
  const parsed = policySchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `  ${issue.path.join(".") || "policy"}: ${issue.message}`);
  throw new RunnerError("bad_policy", `${home.policyFile} isn't right:\n${issues.join("\n")}`);
}
