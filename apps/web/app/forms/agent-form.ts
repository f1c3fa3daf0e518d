import { type Agent, operations } from "@boardroom/contract";
import type { AdapterForm } from "../server/adapters.ts";
import { parseForm } from "./act.ts";
import { readConfig } from "./config-form.ts";
import { readChecked, readLines, readMoney, readOptional, readText } from "./read.ts";
import { readInterval } from "./schedule-form.ts";

/** What the hire form and the configuration form have in common. */
function readFields(form: FormData) {
  return {
    name: readText(form, "name"),
    role: readText(form, "role") || "general",
    title: readOptional(form, "title"),
    capabilities: readLines(form, "capabilities"),
    reportsTo: readOptional(form, "reportsTo"),
  };
}

export function readHire(form: FormData, adapter: AdapterForm) {
  const heartbeat = { enabled: readChecked(form, "heartbeatEnabled"), intervalSec: readInterval(form) };
  const body = {
    ...readFields(form),
    adapterType: adapter.type,
    adapterConfig: readConfig(form, adapter.fields),
    runtimeConfig: { heartbeat, ...readTargeting(form, adapter) },
    budgetMonthlyCents: readMoney(form, "budgetMonthlyCents"),
    permissions: { canCreateAgents: readChecked(form, "canCreateAgents") },
    instructions: readInstructions(form),
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  return parseForm(operations["agents.create"].body, body, form);
}

function readInstructions(form: FormData) {
  const content = readLines(form, "instructions");
  return content === null ? undefined : [{ path: "AGENTS.md", content }];
}

export function readConfiguration(form: FormData, adapter: AdapterForm, agent: Agent) {
  const targeting = readTargeting(form, adapter);
  const body = {
    ...readFields(form),
    adapterConfig: readConfig(form, adapter.fields, agent.adapterConfig),
    // Heartbeat settings are taken whole: those that another page edits go along as they are.
    ...(targeting && { runtimeConfig: { heartbeat: agent.runtimeConfig.heartbeat, ...targeting } }),
  };
  return parseForm(operations["agents.update"].body, body, form);
}

/** Which machines may run it; nothing for agents that need none. */
function readTargeting(form: FormData, { place }: AdapterForm) {
  if (place !== "runner") return undefined;
  return { runner: { runnerId: readOptional(form, "runnerId"), labels: readLabels(form, "labels") } };
}

/** Labels as typed, with commas or spaces between them. */
export function readLabels(form: FormData, name: string): string[] {
  return [
    ...new Set(
      readText(form, name)
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ];
}
