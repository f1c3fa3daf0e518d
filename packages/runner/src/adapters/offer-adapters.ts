import type { LocalAdapter } from "@boardroom/adapters/local";
import { localAdapters } from "@boardroom/adapters/local";
import { metadata, type OfferedAdapter } from "@boardroom/contract";
import { toJSONSchema } from "zod";
import { checkCommand } from "../policy/check-command.ts";
import type { Policy } from "../policy/policy.ts";
import type { LoadedAdapters } from "./load-adapters.ts";
import { type Machine, probeProgram } from "./probe-program.ts";

/** The adapters whose program is on this machine and allowed, as the board is told. */
export async function offerAdapters(adapters: LoadedAdapters, machine: Machine): Promise<OfferedAdapter[]> {
  const offers = await Promise.all(
    adapters.all.map(async ({ adapter, isExternal }) => {
      const version = await findVersion(adapter, machine, isExternal);
      return version === undefined ? [] : [describe(adapter, isExternal, version)];
    }),
  );
  return offers.flat();
}

/** @returns undefined when it can't run here; null when it has no version to tell */
async function findVersion({ definition, program }: LocalAdapter, machine: Machine, isExternal: boolean) {
  if (program === null) return isExternal || isWanted(machine.policy, definition.type) ? null : undefined;
  if (checkCommand(program.name, machine.policy.allowedCommands, machine.path).kind !== "allowed") return undefined;
  const { startError, stdoutTail, stderrTail } = await probeProgram(machine, program.name, program.versionArgs);
  if (startError) return undefined;
  const firstLine = (stdoutTail.trim() || stderrTail.trim()).split("\n")[0] ?? "";
  return (
    firstLine
      .replace(/\p{Cc}/gu, "")
      .toWellFormed()
      .slice(0, 100) || null
  );
}

/** A kind that starts any program is offered where it is named, or where other programs than the known ones may run. */
function isWanted({ adapters, allowedCommands }: Policy, type: string): boolean {
  const known = new Set(localAdapters.map(({ program }) => program?.name));
  return adapters.builtIn?.includes(type) || allowedCommands.some((command) => !known.has(command));
}

const describe = ({ definition }: LocalAdapter, isExternal: boolean, version: string | null): OfferedAdapter => ({
  type: definition.type,
  version,
  label: isExternal ? definition.label : null,
  isExternal,
  configSchema: isExternal ? schemaOf(definition) : null,
  models: isExternal ? definition.models.slice(0, 100).map(({ id, label }) => ({ id, label })) : [],
});

/** Without a schema that can be written down, the board offers a plain field for JSON. */
function schemaOf({ configSchema }: LocalAdapter["definition"]): Record<string, unknown> | null {
  try {
    return metadata.parse({ ...toJSONSchema(configSchema, { io: "input", unrepresentable: "any" }) });
  } catch {
    return null;
  }
}
