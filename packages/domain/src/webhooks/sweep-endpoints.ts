import type { Connection } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { EventWebhookPort } from "./ports.ts";

const checkedEach = sql`interval '2 minutes'`;
const checkedAtOnce = 500;
const companiesAtOnce = 1000;

/** Whether deliveries are due, or endpoints weren't looked at for a while: the ends of two indexes. */
export const eventsWait: SQL = sql`
  (select min(next_attempt_at) from webhook_deliveries where status = 'pending') <= now()
  or (select min(checked_at) from webhook_endpoints where status = 'active') < now() - ${checkedEach}`;

/**
 * Has the queue call for companies with deliveries that are due, and for those where something happened and nobody was told,
 * because who was to call died.
 * @returns how many companies
 */
export async function sweepEndpoints(
  system: Connection,
  webhooks: Pick<EventWebhookPort, "deliverSoon">,
): Promise<number> {
  const rows = await system.raw<{ company_id: string }>(sql`
    with unchecked as (
      select company_id, id, xid, seq from webhook_endpoints
      where status = 'active' and checked_at < now() - ${checkedEach} order by checked_at limit ${checkedAtOnce}),
    checked as (
      update webhook_endpoints e set checked_at = now() from unchecked u where e.company_id = u.company_id and e.id = u.id),
    due as (
      select company_id from webhook_deliveries where status = 'pending' and next_attempt_at <= now()
      order by next_attempt_at limit ${companiesAtOnce})
    select company_id from due
    union select company_id from unchecked u
    where exists (select 1 from activity_log a where a.company_id = u.company_id and (a.xid, a.seq) > (u.xid, u.seq))`);
  if (rows.length > 0)
    await webhooks.deliverSoon(
      rows.map(({ company_id }) => company_id),
      0,
    );
  return rows.length;
}
