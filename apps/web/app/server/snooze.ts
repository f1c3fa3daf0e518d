import { decisionKinds } from "@boardroom/contract";
import { readChoice, readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";
import type { Answered } from "./decide.ts";

/** Tomorrow about this time. */
const laterMs = 20 * 60 * 60 * 1000;

/** Puts a decision off, or brings it back; undefined when the form asks for something else. */
export async function snooze({ api, company, form, intent }: CompanyActionArgs): Promise<Answered | undefined> {
  if (intent !== "snooze" && intent !== "unsnooze") return undefined;
  const until = intent === "snooze" ? new Date(Date.now() + laterMs).toISOString() : null;
  await api.call("decisions.snooze", {
    params: { cid: company.id, kind: readChoice(form, "snoozedKind", decisionKinds), did: readText(form, "snoozedId") },
    body: { until },
  });
  return { answered: until === null ? "It is back in your queue." : "Put off until tomorrow, for you alone." };
}
