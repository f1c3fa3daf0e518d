import { readText } from "./read.ts";

const dayMs = 86_400_000;

/** A new key as its form asks for it; finer scopes are given through the API. */
export function readKeyDraft(form: FormData) {
  const days = Number(readText(form, "days")) || 0;
  return {
    name: readText(form, "name"),
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
    ...(readText(form, "may") === "read" && { scopes: ["read"] }),
    // A day's start, so that the same form sent twice asks for the same.
    ...(days > 0 && { expiresAt: new Date((Math.floor(Date.now() / dayMs) + days + 1) * dayMs).toISOString() }),
  };
}
