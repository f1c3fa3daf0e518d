import { type AgentTemplate, operations } from "@boardroom/contract";
import type { AdapterForm } from "../server/adapters.ts";
import { InvalidForm } from "./act.ts";
import { readConfig } from "./config-form.ts";
import { configPrefix } from "./config-schema.ts";
import { type FormFailure, invalid, invalidField } from "./failure.ts";
import { readChecked, readText } from "./read.ts";
import { memberField, nameField, teamLead } from "./team-fields.ts";

type Choice = Pick<AgentTemplate, "key">;

const chosenOf = <T extends Choice>(form: FormData, templates: readonly T[]): T[] =>
  templates.filter(({ key }) => readChecked(form, memberField(key)));

/** The team that the form describes: one agent of each chosen template, all reached in the same way. */
export function readTeam(form: FormData, templates: readonly Choice[], adapter: AdapterForm) {
  const chosen = chosenOf(form, templates);
  if (chosen.length === 0) throw new InvalidForm({ ...invalid(form, []), message: "Choose whom to hire." });
  const lead = readText(form, "lead");
  const leader = chosen.find(({ key }) => teamLead(key) === lead);
  if (lead.startsWith(teamLead("")) && !leader) {
    throw new InvalidForm(
      invalidField(form, "lead", "It is not in the team. Choose it above, or let another one lead."),
    );
  }
  const body = {
    agents: chosen.map(({ key }) => ({
      key,
      template: key,
      draft: { name: readText(form, nameField(key)) },
      reportsToKey: leader && leader.key !== key ? leader.key : null,
      reportsToAgentId: leader ? null : lead || null,
    })),
    adapterType: adapter.type,
    adapterConfig: readConfig(form, adapter.fields),
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  const parsed = operations["agents.hireTeam"].body.safeParse(body);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({
    ...issue,
    path: placeOf(issue.path.join("."), chosen) ?? issue.path,
  }));
  throw new InvalidForm(invalid(form, issues));
}

/** What the API found wrong with the plan of the team, at the fields that it came from. */
export function failPlan(form: FormData, templates: readonly Choice[], details: unknown): FormFailure | undefined {
  const chosen = chosenOf(form, templates);
  const issues = readIssues(details).map(({ path, message }) => {
    const [, setting, told = message] = /^adapterConfig(?:\.([^.:]+))?[^:]*: (.+)$/.exec(message) ?? [];
    const isConfig = path.endsWith(".adapterConfig");
    const field = isConfig ? [configPrefix + (setting ?? "url")] : placeOf(path, chosen);
    return { path: field ?? [path], message: told };
  });
  const [first] = issues;
  return first && { ...invalid(form, issues), message: first.message };
}

/** Which members of the team have the name of an agent that is there. */
export function failTaken(form: FormData, templates: readonly Choice[], names: readonly string[]) {
  const taken = new Set(names.map((name) => name.toLowerCase()));
  const issues = chosenOf(form, templates)
    .map(({ key }) => nameField(key))
    .filter((field) => taken.has(readText(form, field).toLowerCase()))
    .map((field) => ({ path: [field], message: "An agent of this name exists already. Choose another name." }));
  return issues.length > 0 ? invalid(form, issues) : undefined;
}

/** The name's field for `agents.1.draft.name` and `agents[1].draft.name`. */
function placeOf(path: string, chosen: readonly Choice[]): string[] | undefined {
  const at = /^agents(?:\.|\[)(\d+)\]?\.draft\.name$/.exec(path)?.[1];
  const member = at === undefined ? undefined : chosen[Number(at)];
  return member && [nameField(member.key)];
}

function readIssues(details: unknown): { path: string; message: string }[] {
  if (typeof details !== "object" || details === null || !("issues" in details)) return [];
  return Array.isArray(details.issues)
    ? details.issues.filter((each) => typeof each?.path === "string" && typeof each.message === "string")
    : [];
}
