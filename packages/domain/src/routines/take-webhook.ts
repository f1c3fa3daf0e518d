import type { RoutineRun } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { WebhookTrigger } from "./find-webhook-trigger.ts";
import { fireRoutine, shownFire } from "./fire-routine.ts";
import { untimedNonceDays } from "./limits.ts";

const maxValueChars = 4000;
const variableForm = /^[A-Za-z_][A-Za-z0-9_]{0,59}$/;

export interface WebhookDelivery {
  /** The body as JSON; null when it was empty. */
  payload: unknown;
  /** What makes this delivery this one and no other: it is taken once. */
  nonces: readonly string[];
}

/**
 * Takes a delivery that has proved itself and fires its routine. Variables are filled from the body: from its `variables`, else
 * from its fields of their names.
 * @throws BoardroomError conflict for a delivery that was taken before or a routine that rests, invalid_request for a missing
 * variable, company_not_active, rate_limited
 */
export async function takeWebhook(
  ctx: Ctx,
  trigger: WebhookTrigger,
  { payload, nonces }: WebhookDelivery,
): Promise<RoutineRun> {
  const fired = await fireRoutine(ctx, {
    routineId: trigger.routineId,
    triggerId: trigger.triggerId,
    source: "webhook",
    variables: variablesOf(payload),
    payload: payload === null ? null : JSON.stringify(payload),
    slot: null,
    nonces: { values: nonces, keptSec: keptSec(trigger) },
  });
  return shownFire(fired);
}

/** A signed time may lie a window ahead and be believed until a window after it. */
const keptSec = ({ signingMode, replayWindowSec }: WebhookTrigger) =>
  signingMode === "hmac_sha256" ? 2 * replayWindowSec + 60 : untimedNonceDays * 86_400;

function variablesOf(payload: unknown): Record<string, string> {
  const values = new Map<string, string>();
  for (const source of [payload, isRecord(payload) ? payload.variables : null]) {
    if (!isRecord(source)) continue;
    for (const [name, value] of Object.entries(source)) {
      if (variableForm.test(name) && isPlain(value)) values.set(name, String(value).slice(0, maxValueChars));
    }
  }
  return Object.fromEntries(values);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isPlain = (value: unknown) =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";
