import { isoText } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { feedEvent } from "../activity/read-feed.ts";
import type { Ctx } from "../context.ts";
import { claimSec } from "./limits.ts";

/** A delivery that is ours to make now. */
export interface ClaimedDelivery {
  id: string;
  endpointId: string;
  messageId: string;
  /** Which attempt this is, from 1. */
  attempt: number;
  url: string;
  /** The current one first. */
  sealedSecrets: string[];
  eventType: string;
  createdAt: string;
  /** The entry of the log; null for a test. */
  event: { createdAt: string } | null;
}

/** Deliveries that are made in one go, taken in turns from the endpoints, the oldest of each first. */
const atOnce = 10;

/** Takes what is due of a company's endpoints, each for one sender at a time. */
export const claimDeliveries = (ctx: Ctx): Promise<ClaimedDelivery[]> =>
  claim(
    ctx,
    sql`
    select d.id from webhook_endpoints e cross join lateral (
      select d.id, d.next_attempt_at, row_number() over (order by d.next_attempt_at, d.id) as turn from webhook_deliveries d
      where d.company_id = e.company_id and d.endpoint_id = e.id and d.status = 'pending' and d.next_attempt_at <= now()
      order by d.next_attempt_at, d.id limit ${atOnce}) d
    where e.company_id = ${ctx.db.companyId}::uuid and e.status = 'active'
    order by d.turn, d.next_attempt_at limit ${atOnce}`,
  );

/** Takes one delivery, also of an endpoint that is stopped. */
export const claimDelivery = async (ctx: Ctx, id: string): Promise<ClaimedDelivery | null> =>
  (await claim(ctx, sql`select ${id}::uuid as id`))[0] ?? null;

async function claim({ db }: Ctx, wanted: SQL): Promise<ClaimedDelivery[]> {
  const company = sql`company_id = ${db.companyId}::uuid`;
  return db.raw<ClaimedDelivery & Record<string, unknown>>(sql`
    with due as (${wanted}),
    -- Of two who want the same one the second finds it not due any more.
    taken as (
      update webhook_deliveries d set attempt_count = d.attempt_count + 1, next_attempt_at = now() + make_interval(secs => ${claimSec})
      from due where d.${company} and d.id = due.id and d.status = 'pending' and d.next_attempt_at <= now()
      returning d.*)
    select t.id, t.endpoint_id as "endpointId", t.message_id as "messageId", t.attempt_count as attempt, e.url, t.event_type as "eventType",
      ${isoText(sql`t.created_at`)} as "createdAt",
      array(
        select s.sealed from webhook_endpoint_secrets s
        where s.${company} and s.endpoint_id = e.id and (s.valid_until is null or s.valid_until > now())
        order by s.id desc limit 2) as "sealedSecrets",
      (select ${feedEvent} from activity_log a where a.${company} and a.id = t.event_id) as event
    from taken t join webhook_endpoints e on e.${company} and e.id = t.endpoint_id
    order by t.id`);
}
