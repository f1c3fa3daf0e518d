import type { WebhookEndpoint } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { pendingCount } from "./endpoint-columns.ts";

export async function getWebhookEndpoint(
  { db }: Ctx,
  { id }: InputOf<"webhookEndpoints.get">,
): Promise<WebhookEndpoint> {
  const [endpoint] = await db.rows<typeof schema.webhookEndpoints, { pendingCount: number }>(
    schema.webhookEndpoints,
    sql`select e.*, ${pendingCount} from webhook_endpoints e where e.company_id = ${db.companyId}::uuid and e.id = ${id}::uuid`,
  );
  return found(endpoint, "webhook endpoint");
}
