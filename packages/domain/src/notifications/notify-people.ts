import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { thereIs } from "../heartbeat/there-is.ts";
import { deliverNotifications } from "./deliver-notifications.ts";
import { makeNotifications } from "./make-notifications.ts";

/** Tells the people of a company what waits for them now. Any number may do this at once. */
export async function notifyPeople(system: Connection, ctx: Ctx): Promise<number> {
  await makeNotifications(ctx);
  return deliverNotifications(system, ctx);
}

/** How far back the tick looks for wishes whose teller died: it comes every minute. */
const lookBack = sql`now() - interval '15 minutes'`;
const companiesAtOnce = 200;

/** Companies where something began to wait lately, was escalated, or is due to be sent. */
const restless = sql`
  select company_id from approvals where status = 'pending' and pending_since > ${lookBack}
  union select company_id from approvals where status = 'pending' and escalated_at > ${lookBack}
  union select company_id from issue_interactions where status = 'pending' and created_at > ${lookBack}
  union select company_id from tool_approvals where status = 'pending' and created_at > ${lookBack}
  union select company_id from budget_incidents where status = 'open' and created_at > ${lookBack}
  union select company_id from issues where status = 'blocked' and blocked_owner_user_id is not null and updated_at > ${lookBack}
  union select company_id from issue_review_stages where status = 'active' and reviewer_user_id is not null and updated_at > ${lookBack}
  union select company_id from notifications where status = 'pending' and due_at <= now()
  union select company_id from notifications where status = 'sending' and claimed_until < now()`;

/** Whether there is somebody to tell. */
export const peopleWait = thereIs(restless);

/**
 * Tells what the calls that caused it left untold, and what had to wait for the end of quiet hours or another try.
 * @returns how many notifications were sent
 */
export async function notifyAll(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const companies = await system.raw<{ company_id: string }>(
    sql`select company_id from (${restless}) restless limit ${companiesAtOnce}`,
  );
  let sent = 0;
  for (const { company_id } of companies) sent += await notifyPeople(system, contextFor(company_id));
  return sent;
}
