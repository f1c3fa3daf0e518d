import { BoardroomError, type ErrorCode } from "@boardroom/contract";
import { notFound } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { maxFiresPerMinute, maxTriggers } from "./limits.ts";

/** Why a statement left a routine alone, as a word in the statement and an error for the caller. */
const refusals = {
  company_paused: ["company_not_active", "The company is paused."],
  company_archived: ["company_not_active", "The company is archived."],
  not_yours: ["forbidden", "An agent may set up and fire routines only for itself. Ask your manager or the board."],
  no_assignee: ["invalid_reference", "The assignee is not an agent of this company."],
  no_revision: ["not_found", "There is no such revision."],
  no_trigger: ["invalid_reference", "The trigger is not one of this routine."],
  assignee_terminated: ["unusable_reference", "The assignee was terminated. Choose another agent."],
  routine_paused: ["conflict", "The routine is paused. Resume it first."],
  routine_archived: ["conflict", "The routine is archived."],
  trigger_disabled: ["conflict", "The trigger is switched off."],
  not_an_api_trigger: ["invalid_request", "Only an API trigger can be named here."],
  no_webhook: ["invalid_request", "Only a webhook trigger has a secret."],
  wrong_kind: [
    "invalid_request",
    "A schedule has an expression and a time zone, a webhook a signing mode and a window.",
  ],
  too_many_triggers: ["conflict", `A routine has at most ${maxTriggers} triggers.`],
  replayed: ["conflict", "This delivery was taken before."],
  rate_limited: ["rate_limited", `A routine fires at most ${maxFiresPerMinute} times a minute. Try again later.`],
} as const satisfies Record<string, readonly [ErrorCode, string]>;

export type Refusal = keyof typeof refusals | "lease_lost" | "missing_variables" | "unknown_variables";

export function refused(refusal: Refusal, names: readonly string[] = []): BoardroomError {
  if (refusal === "lease_lost") return leaseLost();
  if (refusal === "missing_variables") return variables(names, "is required", "The routine needs a value for");
  if (refusal === "unknown_variables")
    return variables(names, "is not a variable of this routine", "The routine has no");
  if (refusal === "no_revision") return notFound("revision");
  const [code, message] = refusals[refusal];
  return new BoardroomError(code, message, code === "rate_limited" ? { retryAfterMs: 60_000 } : undefined);
}

const variables = (names: readonly string[], message: string, sentence: string) =>
  new BoardroomError(
    "invalid_request",
    `${sentence} ${names.map((name) => `"${name}"`).join(", ")}.`,
    names.map((name) => ({ path: `variables.${name}`, message })),
  );

/** A sentence for each reason that an entry of a routine's history can have. */
export const reasonSentences: Record<string, string> = {
  issue_open: "An earlier issue of this routine was still open.",
  missed_slots: "Nobody could fire it in time, so these slots were passed over.",
  missing_variables: "A required variable had no value.",
  assignee_terminated: "The assignee was terminated.",
  company_paused: "The company was paused.",
  company_archived: "The company was archived.",
};
