import type { WebhookEndpoint } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { feedHead, lockEndpoint, pendingCount, requireSafeUrl } from "./endpoint-columns.ts";

/**
 * Changes an endpoint. One that is stopped keeps what it was to be told; started again it is told that, and what happens from
 * then on.
 * @throws BoardroomError unsafe_url
 */
export async function updateWebhookEndpoint(
  ctx: Ctx,
  { id, ...fields }: InputOf<"webhookEndpoints.update">,
): Promise<WebhookEndpoint> {
  requireSafeUrl(ctx, fields.url);
  const { companyId } = ctx.db;
  const { status } = fields;
  const starts = status === "active";
  const values = {
    ...fields,
    ...(status && { disabledReason: null, failingSince: null }),
    ...(starts && {
      xid: sql`case when e.status = 'disabled' then ${feedHead} else e.xid end`,
      seq: sql`case when e.status = 'disabled' then 0 else e.seq end`,
    }),
  };
  const { rows } = await mutate<typeof schema.webhookEndpoints, { pendingCount: number }>(
    ctx,
    schema.webhookEndpoints,
    {
      before: lockEndpoint(companyId, id),
      with: {
        changed: sql`
        update webhook_endpoints e set ${assign(schema.webhookEndpoints, values)}
        where e.company_id = ${companyId}::uuid and e.id = ${id}::uuid returning e.*, old.status as old_status`,
        // What rests has no time at which it is due, so that nobody looks at it each minute.
        moved: sql`
        update webhook_deliveries d set next_attempt_at = case when e.status = 'active' then now() end from changed e
        where d.company_id = e.company_id and d.endpoint_id = e.id and d.status = 'pending' and e.status <> e.old_status`,
      },
      activity: [
        {
          from: "changed",
          action: "webhook_endpoint.updated",
          entityType: "webhook_endpoint",
          entityId: sql`id`,
          details: sql`jsonb_build_object('url', url, 'status', status, 'changed', to_jsonb(${textArray(Object.keys(fields))}))`,
        },
      ],
      select: sql`select e.*, ${pendingCount} from changed e`,
    },
  );
  const endpoint = found(rows[0], "webhook endpoint");
  ctx.ports.eventWebhooks.endpointsChanged(companyId);
  if (starts && endpoint.pendingCount > 0)
    ctx.ports.afterwards(() => ctx.ports.eventWebhooks.deliverSoon([companyId], 0));
  return endpoint;
}
