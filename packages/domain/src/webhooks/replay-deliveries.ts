import { BoardroomError, type OperationOutput, type Operations } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { isToldOf, lockEndpoint } from "./endpoint-columns.ts";
import { keptDays, maxReplayed } from "./limits.ts";

interface Extras {
  refusal: "stopped" | "no_delivery" | null;
  count: number;
  hasMore: boolean;
}

/**
 * Makes deliveries once more: one of them, or all that did not get through since a time, with what happened meanwhile that the
 * endpoint was never told. Receivers know them by the same `webhook-id`.
 * @throws BoardroomError conflict while the endpoint is stopped; invalid_reference when the delivery is not one of it
 */
export async function replayDeliveries(
  ctx: Ctx,
  { id, deliveryId, since }: InputOf<"webhookEndpoints.replay">,
): Promise<OperationOutput<Operations["webhookEndpoints.replay"]>> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.webhookEndpoints, Extras>(ctx, schema.webhookEndpoints, {
    before: lockEndpoint(companyId, id),
    with: {
      target: sql`
        select e.*, e.status = 'disabled' as is_stopped from webhook_endpoints e where e.company_id = ${companyId}::uuid and e.id = ${id}::uuid`,
      wanted: deliveryId === undefined ? missedSince(since) : oneDelivery(deliveryId),
      made: sql`
        insert into webhook_deliveries (company_id, endpoint_id, message_id, event_id, event_type, replay_of_id, next_attempt_at)
        select w.company_id, w.endpoint_id, w.message_id, w.event_id, w.event_type, w.replay_of_id, now() from wanted w
        order by w.position limit ${maxReplayed} on conflict do nothing returning company_id, endpoint_id`,
      replayed: sql`select endpoint_id, count(*)::int as count from made group by endpoint_id`,
    },
    activity: [
      {
        from: "replayed",
        action: "webhook_endpoint.replayed",
        entityType: "webhook_endpoint",
        entityId: sql`endpoint_id`,
        details: sql`jsonb_build_object('url', (select url from target), 'count', count)`,
      },
    ],
    select: sql`
      select target.*, coalesce((select count from replayed), 0) as count, (select count(*) from wanted) > ${maxReplayed} as has_more,
        case when target.is_stopped then 'stopped' when ${deliveryId !== undefined}::boolean and not exists (select 1 from wanted) then 'no_delivery' end as refusal
      from target`,
  });
  const { refusal, count, hasMore } = found(rows[0], "webhook endpoint");
  if (refusal === "stopped") throw new BoardroomError("conflict", "This address is stopped. Start it first.");
  if (refusal === "no_delivery")
    throw new BoardroomError("invalid_reference", "There is no such delivery to this address any more.");
  if (count > 0) ctx.ports.afterwards(() => ctx.ports.eventWebhooks.deliverSoon([companyId], 0));
  return { count, hasMore };
}

const oneDelivery = (deliveryId: string): SQL => sql`
  select d.company_id, d.endpoint_id, d.message_id, d.event_id, d.event_type, d.id as replay_of_id, 0 as position
  from target join webhook_deliveries d on d.company_id = target.company_id and d.endpoint_id = target.id and d.id = ${deliveryId}::uuid
  where not target.is_stopped`;

/** Ids tell the time: the log is read from the one that the time would have had. */
const missedSince = (since: string | undefined): SQL => sql`
  select e.company_id, e.id as endpoint_id, a.id as message_id, a.id as event_id, a.action as event_type, failed.id as replay_of_id,
    row_number() over (order by a.xid, a.seq) as position
  from target e join activity_log a on a.company_id = e.company_id
    and a.id >= uuidv7(greatest(${since ?? null}::timestamptz, now() - make_interval(days => ${keptDays})) - now() - interval '1 second')
    and a.created_at >= ${since ?? null}::timestamptz and (a.xid, a.seq) <= (e.xid, e.seq) and ${isToldOf}
  left join lateral (
    select d.id from webhook_deliveries d
    where d.company_id = e.company_id and d.endpoint_id = e.id and d.event_id = a.id and d.replay_of_id is null) failed on true
  where not e.is_stopped and not exists (
    select 1 from webhook_deliveries d
    where d.company_id = e.company_id and d.endpoint_id = e.id and d.event_id = a.id and d.status <> 'failed')
  order by a.xid, a.seq limit ${maxReplayed + 1}`;
