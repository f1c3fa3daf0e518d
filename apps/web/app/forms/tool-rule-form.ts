import { operations, toolEffects } from "@boardroom/contract";
import { parseForm } from "./act.ts";
import { readChoice, readOptional, readText } from "./read.ts";

function readFields(form: FormData) {
  return {
    effect: readChoice(form, "effect", toolEffects),
    tool: readText(form, "tool"),
    shape: readOptional(form, "shape"),
    adapterType: readOptional(form, "adapterType"),
    agentId: readOptional(form, "agentId"),
    note: readOptional(form, "note"),
  };
}

export function readNewRule(form: FormData) {
  const body = { ...readFields(form), idempotencyKey: readText(form, "idempotencyKey") || undefined };
  return parseForm(operations["toolRules.create"].body, body, form);
}

export function readRule(form: FormData) {
  return parseForm(operations["toolRules.update"].body, readFields(form), form);
}
