import type { TreeHoldPreview } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "../issues/internal.ts";
import { belowIssue, worksBelow } from "./tree-parts.ts";

/** What holding an issue would touch. */
export async function previewHold({ db }: Ctx, { id: ref }: InputOf<"treeHolds.preview">): Promise<TreeHoldPreview> {
  const { companyId } = db;
  const [row] = await db.rows<typeof schema.issueTreeHolds, TreeHoldPreview>(
    schema.issueTreeHolds,
    sql`
      with runs as (select r.status, count(*)::int as count from heartbeat_runs r where ${worksBelow(companyId, ref)} group by r.status)
      select i.id as issue_id, n.issue_count, n.open_count,
        coalesce((select count from runs where status = 'running'), 0) as running_count,
        coalesce((select count from runs where status = 'queued'), 0) as queued_count
      from issues i cross join lateral (
        select count(*)::int as issue_count, (count(*) filter (where k.status not in ('done', 'cancelled')))::int as open_count
        from (${belowIssue(companyId, ref)}) b join issues k on k.company_id = ${companyId}::uuid and k.id = b.id) n
      where ${issueWhere(companyId, ref, "i")}`,
  );
  return found(row, "issue");
}
