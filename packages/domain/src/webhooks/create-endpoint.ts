import { BoardroomError, type CreatedWebhookEndpoint } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { feedHead, requireSafeUrl } from "./endpoint-columns.ts";
import { makeEndpointSecret } from "./endpoint-secret.ts";
import { maxEndpoints } from "./limits.ts";

interface Refused {
  refusal: "archived" | "full" | null;
}

/**
 * Tells an address what happens from now on. Its signing secret is answered this once; a retry with the same key gets null.
 * @throws BoardroomError unsafe_url, conflict when a company has fifty, company_not_active
 */
export async function createWebhookEndpoint(
  ctx: Ctx,
  { idempotencyKey: _, ...fields }: InputOf<"webhookEndpoints.create">,
): Promise<CreatedWebhookEndpoint> {
  requireSafeUrl(ctx, fields.url);
  const { companyId } = ctx.db;
  const secret = await makeEndpointSecret(ctx);
  const values = { companyId, ...fields, xid: feedHead, seq: sql`0`, createdByUserId: ctx.actor.id };
  const { rows, replayed } = await mutate<typeof schema.webhookEndpoints, Refused>(ctx, schema.webhookEndpoints, {
    before: sql`select 1 from companies where id = ${companyId}::uuid for no key update`,
    with: {
      asked: sql`
        select case when c.status = 'archived' then 'archived' when (
          select count(*) from webhook_endpoints e where e.company_id = c.id) >= ${maxEndpoints}::int then 'full' end as refusal
        from companies c where c.id = ${companyId}::uuid`,
      created: sql`${insertInto(schema.webhookEndpoints, values)} from asked where asked.refusal is null returning *`,
      sealed_secret: sql`
        insert into webhook_endpoint_secrets (company_id, endpoint_id, sealed) select company_id, id, ${secret.sealed}::text from created`,
    },
    activity: [
      {
        from: "created",
        action: "webhook_endpoint.created",
        entityType: "webhook_endpoint",
        entityId: sql`id`,
        details: sql`jsonb_build_object('url', url, 'eventTypes', to_jsonb(event_types))`,
      },
    ],
    select: sql`
      select created.*, asked.refusal from asked left join created on true`,
  });
  const { refusal, ...endpoint } = found(rows[0], "company");
  if (refusal === "archived")
    throw new BoardroomError("company_not_active", "The company is archived: nothing happens in it any more.");
  if (refusal === "full")
    throw new BoardroomError(
      "conflict",
      `A company has at most ${maxEndpoints} addresses. Delete one that is no longer needed.`,
    );
  ctx.ports.eventWebhooks.endpointsChanged(companyId);
  return { ...endpoint, pendingCount: 0, webhookSecret: replayed ? null : secret.plain };
}
