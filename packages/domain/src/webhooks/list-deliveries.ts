import type { WebhookDelivery } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** What an endpoint was told and how it went, newest first. */
export async function listWebhookDeliveries(
  { db }: Ctx,
  { id, limit, cursor, status }: InputOf<"webhookEndpoints.deliveries">,
): Promise<Page<WebhookDelivery>> {
  // A state is written out: as a parameter it would find no index.
  const inState = status ? sql.raw(`and d.status = '${status}'`) : sql``;
  const rows = await db.rows(
    schema.webhookDeliveries,
    sql`select d.* from webhook_endpoints e left join lateral (
        select * from webhook_deliveries d
        where d.company_id = e.company_id and d.endpoint_id = e.id ${inState} and ${olderThan(sql`d.id`, cursor) ?? sql`true`}
        order by d.id desc limit ${limit + 1}) d on true
      where e.company_id = ${db.companyId}::uuid and e.id = ${id}::uuid
      order by d.id desc`,
  );
  if (rows.length === 0) throw notFound("webhook endpoint");
  return pageOf(
    rows.filter(({ id: delivery }) => delivery !== null),
    limit,
    (last) => [last.id],
  );
}
