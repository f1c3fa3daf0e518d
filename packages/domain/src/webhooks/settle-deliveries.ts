import type { WebhookDelivery } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { idArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { redact } from "../redaction/index.ts";
import type { ClaimedDelivery } from "./claim-deliveries.ts";
import { failingDays, retryDelaysSec, testEventType } from "./limits.ts";
import type { WebhookAnswer } from "./ports.ts";

export interface SentDelivery {
  delivery: ClaimedDelivery;
  answer: WebhookAnswer;
}

/** Up to so much of a wait comes on top, so that what failed together doesn't come together. */
const jitter = 0.2;
/** Longer than any wait of ours, an endpoint may not ask for. */
const longestWaitSec = 24 * 3600;

/**
 * Keeps how deliveries went: what was not taken is due again later, or has failed when no attempt is left. An endpoint that wants
 * no more, or that nothing has reached for days, is stopped, which the log tells.
 */
export async function settleDeliveries(ctx: Ctx, sent: readonly SentDelivery[]): Promise<WebhookDelivery[]> {
  const company = sql`company_id = ${ctx.db.companyId}::uuid`;
  const endpointIds = [...new Set(sent.map(({ delivery }) => delivery.endpointId))];
  // What it keeps is no event, unless an endpoint is stopped.
  const quietly = { ...ctx, committed: () => undefined };
  const { rows } = await mutate<typeof schema.webhookDeliveries, { isStopped: boolean }>(
    quietly,
    schema.webhookDeliveries,
    {
      before: sql`select 1 from webhook_endpoints where ${company} and id = any(${idArray(endpointIds)}) order by id for no key update`,
      with: {
        outcome: sql`
        select d.endpoint_id, o.* from jsonb_to_recordset(${JSON.stringify(sent.map(toOutcome))}::jsonb)
          o (id uuid, attempt int, entry jsonb, is_delivered boolean, is_final boolean, wait_sec float)
        join webhook_deliveries d on d.${company} and d.id = o.id and d.status = 'pending' and d.attempt_count = o.attempt`,
        told: sql`
        select endpoint_id, bool_or(is_delivered) as is_reached, bool_or(is_final) as is_final from outcome group by endpoint_id`,
        endpoint: sql`
        update webhook_endpoints e set
          last_delivered_at = case when told.is_reached then now() else e.last_delivered_at end,
          failing_since = case when not told.is_reached then coalesce(e.failing_since, now()) end,
          status = case when told.is_final or ${isGivenUp} then 'disabled' else e.status end,
          disabled_reason = case when told.is_final then ${unwanted}::text when ${isGivenUp} then ${unreached}::text else e.disabled_reason end
        from told where e.${company} and e.id = told.endpoint_id
        returning e.*, old.status as old_status`,
        stopped: sql`select * from endpoint where status <> old_status`,
        settled: sql`
        update webhook_deliveries d set attempts = d.attempts || o.entry,
          status = case when o.is_delivered then 'delivered' when o.wait_sec is null then 'failed' else 'pending' end::webhook_delivery_status,
          next_attempt_at = case when not o.is_delivered and e.status = 'active' then now() + make_interval(secs => o.wait_sec) end
        from outcome o join endpoint e on e.id = o.endpoint_id
        where d.${company} and d.id = o.id
        returning d.*, e.status <> e.old_status as is_stopped`,
        // What rests has no time at which it is due, so that nobody looks at it each minute.
        rested: sql`
        update webhook_deliveries d set next_attempt_at = null from stopped
        where d.${company} and d.endpoint_id = stopped.id and d.status = 'pending' and d.id not in (select id from outcome)`,
      },
      activity: [
        {
          from: "stopped",
          action: "webhook_endpoint.stopped",
          entityType: "webhook_endpoint",
          entityId: sql`id`,
          details: sql`jsonb_build_object('url', url, 'reason', disabled_reason)`,
        },
      ],
      select: sql`select * from settled`,
    },
  );
  if (rows.some(({ isStopped }) => isStopped)) {
    ctx.committed();
    ctx.ports.eventWebhooks.endpointsChanged(ctx.db.companyId);
  }
  return rows.map(({ isStopped: _, ...delivery }) => delivery);
}

const unwanted = "The address answers that it wants no more, or may not be called.";
const unreached = `Nothing has got through for ${failingDays} days.`;
const isGivenUp = sql`(not told.is_reached and e.failing_since < now() - make_interval(days => ${failingDays}))`;

function toOutcome({ delivery, answer }: SentDelivery) {
  const { isDelivered, isFinal, retryAfterMs, ...entry } = answer;
  // Who sends a test sees what came of it, and may send another one.
  const nextSec = delivery.eventType === testEventType ? undefined : retryDelaysSec[delivery.attempt - 1];
  const waitSec = Math.max((nextSec ?? 0) * (1 + jitter * Math.random()), (retryAfterMs ?? 0) / 1000);
  return {
    id: delivery.id,
    attempt: delivery.attempt,
    entry: [{ ...entry, response: entry.response && redact(entry.response) }],
    is_delivered: isDelivered,
    is_final: isFinal,
    wait_sec: isDelivered || isFinal || nextSec === undefined ? null : Math.min(waitSec, longestWaitSec * (1 + jitter)),
  };
}
