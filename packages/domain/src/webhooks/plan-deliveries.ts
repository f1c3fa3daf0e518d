import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { feedHead, isToldOf } from "./endpoint-columns.ts";
import { keptDays } from "./limits.ts";

/** Entries of the log that are read for an endpoint at a time. */
const batch = 200;
/** Old deliveries that go at a time. */
const forgottenAtOnce = 200;

export interface Plan {
  planned: number;
  /** The feed goes on behind what was read. */
  hasMore: boolean;
  /** Something happened that may not be told yet, because an older transaction is still open. */
  isHeldBack: boolean;
}

/**
 * Reads what happened since each endpoint's place in the feed, makes a delivery of each entry that it is to be told of, and moves
 * its place: in one transaction, so that nothing is left out and nothing told twice. What is older than a month is forgotten.
 */
export async function planDeliveries({ db }: Ctx): Promise<Plan> {
  const company = sql`company_id = ${db.companyId}::uuid`;
  const active = sql`select * from webhook_endpoints e where e.${company} and e.status = 'active'`;
  const [plan] = await db.raw<{ planned: number; has_more: boolean; is_held_back: boolean }>(
    sql`
    with head as (select ${feedHead} as xid),
    endpoint as (${active}),
    fresh as (
      select e.id as endpoint_id, a.id, a.xid, a.seq, a.action, a.position, ${isToldOf} as is_told
      from endpoint e cross join lateral (
        select a.*, row_number() over (order by a.xid, a.seq) as position from activity_log a
        where a.${company} and (a.xid, a.seq) > (e.xid, e.seq) and a.xid < (select xid from head)
        order by a.xid, a.seq limit ${batch}) a),
    planned as (
      insert into webhook_deliveries (company_id, endpoint_id, message_id, event_id, event_type, next_attempt_at)
      select ${db.companyId}::uuid, f.endpoint_id, f.id, f.id, f.action, now() from fresh f where f.is_told order by f.xid, f.seq
      on conflict do nothing returning 1),
    place as (select distinct on (endpoint_id) endpoint_id, xid, seq from fresh order by endpoint_id, xid desc, seq desc),
    moved as (
      update webhook_endpoints e set checked_at = now(), xid = coalesce(place.xid, e.xid), seq = coalesce(place.seq, e.seq)
      from endpoint left join place on place.endpoint_id = endpoint.id
      where e.${company} and e.id = endpoint.id and (place.xid is not null or e.checked_at < now() - interval '1 minute')),
    forgotten as (
      delete from webhook_deliveries d using (
        select o.id from endpoint e cross join lateral (
          select o.id, o.created_at, o.status from webhook_deliveries o
          where o.${company} and o.endpoint_id = e.id order by o.id limit ${forgottenAtOnce}) o
        where o.created_at < now() - make_interval(days => ${keptDays}) and o.status <> 'pending') old
      where d.${company} and d.id = old.id)
    select (select count(*)::int from planned) as planned,
      exists (select 1 from fresh where position = ${batch}) as has_more,
      exists (select 1 from endpoint) and exists (select 1 from activity_log a where a.${company} and a.xid >= (select xid from head)) as is_held_back`,
    // Two who read the feed at once would both move the place: the second one's snapshot comes after the first.
    { before: [sql`${active} for no key update`], after: [] },
  );
  return { planned: plan?.planned ?? 0, hasMore: plan?.has_more ?? false, isHeldBack: plan?.is_held_back ?? false };
}
