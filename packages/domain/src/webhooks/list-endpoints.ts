import type { WebhookEndpoint } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { pendingCount } from "./endpoint-columns.ts";

/** The addresses that are told what happens in a company, newest first. */
export async function listWebhookEndpoints(
  { db }: Ctx,
  { limit, cursor }: InputOf<"webhookEndpoints.list">,
): Promise<Page<WebhookEndpoint>> {
  const rows = await db.rows<typeof schema.webhookEndpoints, { pendingCount: number }>(
    schema.webhookEndpoints,
    sql`select e.*, ${pendingCount} from webhook_endpoints e
      where e.company_id = ${db.companyId}::uuid and ${olderThan(sql`e.id`, cursor) ?? sql`true`}
      order by e.id desc limit ${limit + 1}`,
  );
  return pageOf(rows, limit, (last) => [last.id]);
}
