import { operations } from "@boardroom/contract";
import { parseForm } from "./act.ts";
import { readChecked, readInteger, readLines, readMoney, readOptional, readText } from "./read.ts";
import { readInterval } from "./schedule-form.ts";

/** What the hire form and the configuration form have in common. */
function readFields(form: FormData) {
  return {
    name: readText(form, "name"),
    role: readText(form, "role") || "general",
    title: readOptional(form, "title"),
    capabilities: readLines(form, "capabilities"),
    reportsTo: readOptional(form, "reportsTo"),
    adapterConfig: { url: readText(form, "url"), timeoutSec: readInteger(form, "timeoutSec") },
  };
}

export function readHire(form: FormData) {
  const body = {
    ...readFields(form),
    runtimeConfig: {
      heartbeat: { enabled: readChecked(form, "heartbeatEnabled"), intervalSec: readInterval(form) },
    },
    budgetMonthlyCents: readMoney(form, "budgetMonthlyCents"),
    permissions: { canCreateAgents: readChecked(form, "canCreateAgents") },
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  return parseForm(operations["agents.create"].body, body, form);
}

export function readConfiguration(form: FormData) {
  return parseForm(operations["agents.update"].body, readFields(form), form);
}
