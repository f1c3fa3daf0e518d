import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Deletes an endpoint with its secrets and the log of its deliveries. */
export async function deleteWebhookEndpoint(ctx: Ctx, { id }: InputOf<"webhookEndpoints.delete">): Promise<void> {
  const { companyId } = ctx.db;
  const { rows } = await mutate(ctx, schema.webhookEndpoints, {
    with: {
      deleted: sql`delete from webhook_endpoints where company_id = ${companyId}::uuid and id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "webhook_endpoint.deleted",
        entityType: "webhook_endpoint",
        entityId: sql`id`,
        details: sql`jsonb_build_object('url', url)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "webhook endpoint");
  ctx.ports.eventWebhooks.endpointsChanged(companyId);
}
