import type { WorkProduct } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "../issues/internal.ts";
import { creatorName, putProducts } from "./put-products.ts";

/**
 * Shows what came out of work on an issue; the same kind and ref again replaces it.
 * @throws BoardroomError lease_lost when the calling run no longer runs
 */
export async function createWorkProduct(
  ctx: Ctx,
  { id: ref, idempotencyKey: _, ...product }: InputOf<"workProducts.create">,
): Promise<WorkProduct> {
  const { rows } = await mutate<typeof schema.workProducts, { isLive: boolean; createdByName: string | null }>(
    ctx,
    schema.workProducts,
    {
      with: {
        issue: sql`select company_id, id as issue_id, null::uuid as id, identifier, ${liveRunGuard(ctx)} as is_live from issues where ${issueWhere(ctx.db.companyId, ref)}`,
        writable: sql`select * from issue where is_live`,
        made: putProducts(ctx, sql`writable e`, [product]),
      },
      activity: [
        {
          from: "made",
          action: "issue.work_product_added",
          entityType: "issue",
          entityId: sql`issue_id`,
          details: sql`jsonb_build_object('identifier', (select identifier from issue), 'workProductId', id, 'kind', kind, 'title', title, 'ref', ref)`,
        },
      ],
      select: sql`select made.*, ${creatorName("made")} as created_by_name, issue.is_live from issue left join made on true`,
    },
  );
  const made = found(rows[0], "issue");
  if (!made.isLive) throw leaseLost();
  return made;
}
