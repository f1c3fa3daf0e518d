import { operations } from "@boardroom/contract";
import { parseForm } from "./act.ts";
import { readLabels } from "./agent-form.ts";
import { readInteger, readOptional, readText } from "./read.ts";

/** Which agents a machine may run: all of the company, or those that were ticked. */
function readAgentIds(form: FormData): string[] | null {
  const chosen = form.getAll("agentIds").filter((id) => typeof id === "string");
  return chosen.length > 0 ? chosen : null;
}

export function readNewRunner(form: FormData) {
  const body = {
    name: readOptional(form, "name"),
    labels: readLabels(form, "labels"),
    agentIds: readAgentIds(form),
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  return parseForm(operations["runnerCodes.create"].body, body, form);
}

export function readRunner(form: FormData) {
  const body = {
    name: readText(form, "name"),
    labels: readLabels(form, "labels"),
    agentIds: readAgentIds(form),
    slots: readInteger(form, "slots"),
  };
  return parseForm(operations["runners.update"].body, body, form);
}
