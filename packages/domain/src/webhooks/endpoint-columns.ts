import { BoardroomError } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/** What is shown of an endpoint beside its row, over the alias `e`. */
export const pendingCount: SQL = sql`(
  select count(*)::int from (
    select 1 from webhook_deliveries d
    where d.company_id = e.company_id and d.endpoint_id = e.id and d.status = 'pending' limit 1000) counted) as pending_count`;

/** Where the feed ends: what commits from now on comes after it. */
export const feedHead: SQL = sql`pg_snapshot_xmin(pg_current_snapshot())::text::bigint`;

/** Whether an endpoint `e` is to be told of a log's entry `a`. */
export const isToldOf: SQL = sql`(
  cardinality(e.event_types) = 0 or a.action = any(e.event_types) or split_part(a.action, '.', 1) || '.' = any(e.event_types))`;

/** Makes the acts on an endpoint, and reading the feed for it, wait for each other. */
export const lockEndpoint = (companyId: string, id: string): SQL =>
  sql`select 1 from webhook_endpoints where company_id = ${companyId}::uuid and id = ${id}::uuid for no key update`;

/** @throws BoardroomError unsafe_url for an address that may not be called */
export function requireSafeUrl(ctx: Ctx, url: string | undefined): void {
  const problem = url === undefined ? null : ctx.ports.eventWebhooks.checkUrl(url);
  if (problem !== null) throw new BoardroomError("unsafe_url", problem);
}
