import type { AdapterInfo } from "@boardroom/contract";
import * as z from "zod";
import type { AdapterDefinition } from "./definition.ts";
import { describeField } from "./describe-field.ts";

/** JSON Schema (2020-12) of an adapter's configuration as it is written: what has a default may be left out. */
export const configSchemaOf = ({ configSchema }: Pick<AdapterDefinition, "configSchema">): Record<string, unknown> => ({
  ...z.toJSONSchema(configSchema, { io: "input" }),
});

/** What `GET /adapters` says of an adapter that is known everywhere. */
export const adapterInfoOf = (adapter: AdapterDefinition): AdapterInfo => ({
  type: adapter.type,
  label: adapter.label,
  place: adapter.place,
  isExternal: false,
  models: [...adapter.models],
  capabilities: adapter.capabilities,
  configSchema: configSchemaOf(adapter),
});

/**
 * The text of `/llms/agent-configuration/:type.txt`: when to choose the adapter, and each field of its configuration.
 * @example describeAdapter(httpAdapter) // "# http: HTTP webhook\n\nUse when:\n- …"
 */
export function describeAdapter(adapter: AdapterDefinition): string {
  const { type, label, place, models, guidance } = adapter;
  const parts = [`# ${type}: ${label}`, placeNotes[place], guidance.trim(), describeFields(adapter)];
  if (models.length > 0)
    parts.push(`Models offered (another may be written):\n${models.map(describeModel).join("\n")}`);
  parts.push(`Can: ${describeCapabilities(adapter)}`);
  return `${parts.join("\n\n")}\n`;
}

/** The text of `/llms/agent-configuration.txt`: every adapter in a line, so that one can be chosen. */
export function describeAdapters(adapters: readonly AdapterDefinition[], urlOf: (type: string) => string): string {
  const lines = adapters.map(({ type, label, guidance }) => {
    const reason = guidance.split("\n").find((line) => line.startsWith("- "));
    return `- ${type} (${label}): ${reason?.slice(2) ?? ""}\n  ${urlOf(type)}`;
  });
  return `# Agent configuration\n\nAn agent has an adapterType and an adapterConfig. Choose the type, then read its page:\n\n${lines.join("\n")}\n`;
}

const placeNotes: Record<AdapterDefinition["place"], string> = {
  edge: "Boardroom calls it over the network.",
  runner: "A runner starts it on a machine of the company, within that machine's own policy.",
};

const describeModel = ({ id, label }: { id: string; label: string }) =>
  id === label ? `- ${id}` : `- ${id} (${label})`;

function describeFields(adapter: AdapterDefinition): string {
  const { properties = {}, required = [] } = z.toJSONSchema(adapter.configSchema, { io: "input" });
  const lines = Object.entries(properties).map(([name, schema]) =>
    describeField(name, typeof schema === "boolean" ? {} : schema, required.includes(name)),
  );
  return `Fields of adapterConfig:\n${lines.join("\n")}`;
}

function describeCapabilities({ capabilities }: AdapterDefinition): string {
  const says: [boolean, string][] = [
    [capabilities.supportsSessions, "go on with the session of the task's earlier run"],
    [capabilities.supportsSkills, "be given the company's skills"],
    [capabilities.supportsInstructionsBundle, `read instructions (${capabilities.instructionsPathKey ?? "bundle"})`],
    [capabilities.supportsWorkspaces, "work in a folder or worktree"],
    [capabilities.supportsToolApprovals, "ask the board before a tool call"],
    [capabilities.reportsCost, "report what it cost"],
  ];
  return says.flatMap(([can, text]) => (can ? [text] : [])).join("; ") || "be woken";
}
