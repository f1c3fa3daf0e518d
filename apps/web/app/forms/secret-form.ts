import { operations } from "@boardroom/contract";
import { parseForm } from "./act.ts";
import { readInteger, readOptional, readText } from "./read.ts";

/** The value as it was typed, with its own spaces and lines; never trimmed, never sent back. */
function readValue(form: FormData): string {
  const value = form.get("value");
  return typeof value === "string" ? value.replaceAll("\r\n", "\n") : "";
}

const readIds = (form: FormData, name: string) => form.getAll(name).filter((id) => typeof id === "string" && id !== "");

export function readNewSecret(form: FormData) {
  const body = {
    name: readText(form, "name"),
    key: readOptional(form, "key") ?? undefined,
    description: readOptional(form, "description"),
    value: readValue(form),
    agentIds: readIds(form, "agentIds"),
    projectIds: readIds(form, "projectIds"),
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  };
  return parseForm(operations["secrets.create"].body, body, form);
}

export function readSecretChange(form: FormData) {
  const body = {
    name: readText(form, "name"),
    description: readOptional(form, "description"),
    agentIds: readIds(form, "agentIds"),
    projectIds: readIds(form, "projectIds"),
  };
  return parseForm(operations["secrets.update"].body, body, form);
}

export function readRotation(form: FormData) {
  const body = { value: readValue(form), keepDays: readInteger(form, "keepDays") };
  return parseForm(operations["secrets.rotate"].body, body, form);
}
