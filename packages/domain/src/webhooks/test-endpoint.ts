import type { WebhookDelivery } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { claimDelivery } from "./claim-deliveries.ts";
import { sendClaimed } from "./deliver-events.ts";
import { testEventType } from "./limits.ts";

/** Sends a test to an endpoint now, also to one that is stopped, and answers how it went. */
export async function testWebhookEndpoint(
  ctx: Ctx,
  { id }: InputOf<"webhookEndpoints.test">,
): Promise<WebhookDelivery> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.webhookDeliveries>(ctx, schema.webhookDeliveries, {
    with: {
      target: sql`select company_id, id, url from webhook_endpoints where company_id = ${companyId}::uuid and id = ${id}::uuid`,
      made: sql`
        insert into webhook_deliveries (company_id, endpoint_id, message_id, event_type, next_attempt_at)
        select company_id, id, uuidv7(), ${testEventType}::text, now() from target returning *`,
    },
    activity: [
      {
        from: "made",
        action: "webhook_endpoint.tested",
        entityType: "webhook_endpoint",
        entityId: sql`endpoint_id`,
        details: sql`jsonb_build_object('url', (select url from target))`,
      },
    ],
    select: sql`select * from made`,
  });
  const made = found(rows[0], "webhook endpoint");
  const claimed = await claimDelivery(ctx, made.id);
  const [settled] = await sendClaimed(ctx, claimed ? [claimed] : []);
  return settled ?? made;
}
