import { operations } from "@boardroom/contract";
import { parseForm } from "./act.ts";
import { readOptional, readText } from "./read.ts";

/** Which events an address is told: kinds that were ticked, and actions that were written. */
function readEventTypes(form: FormData): string[] {
  const ticked = form.getAll("kind").filter((kind): kind is string => typeof kind === "string" && kind !== "");
  const written = readText(form, "actions")
    .split(/[\s,]+/)
    .filter(Boolean);
  return [...new Set([...ticked, ...written])];
}

const readFields = (form: FormData) => ({
  url: readText(form, "url"),
  description: readOptional(form, "description"),
  eventTypes: readEventTypes(form),
});

export function readNewEndpoint(form: FormData) {
  const body = { ...readFields(form), idempotencyKey: readText(form, "idempotencyKey") || undefined };
  return parseForm(operations["webhookEndpoints.create"].body, body, form);
}

export const readEndpointChange = (form: FormData) =>
  parseForm(operations["webhookEndpoints.update"].body, readFields(form), form);

const hourMs = 3_600_000;

/** From when on what was missed is sent: so many hours ago. */
export function readReplay(form: FormData) {
  const deliveryId = readOptional(form, "deliveryId") ?? undefined;
  const hours = Math.min(Math.max(Number(readText(form, "hours")) || 1, 1), 24 * 30);
  const since = deliveryId ? undefined : new Date(Date.now() - hours * hourMs).toISOString();
  return parseForm(operations["webhookEndpoints.replay"].body, { deliveryId, since }, form);
}
