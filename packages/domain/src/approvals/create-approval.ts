import { type Approval, BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { idArray, insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { completePlan } from "../plans/complete-plan.ts";
import { requesterOf } from "./requester.ts";

/**
 * Asks the board for a decision.
 * @throws BoardroomError invalid_reference for an issue of nobody or of others, invalid_plan with the path of what is wrong
 */
export async function createApproval(
  ctx: Ctx,
  { type, payload, issueIds = [] }: InputOf<"approvals.create">,
): Promise<Approval> {
  const { companyId } = ctx.db;
  const asked = type === "approve_ceo_strategy" ? await completePlan(ctx, payload) : payload;
  const values = { companyId, type, payload: asked, ...requesterOf(ctx.actor) };
  const { rows } = await mutate<typeof schema.approvals, { isLive: boolean }>(ctx, schema.approvals, {
    with: {
      about: sql`select id from issues where company_id = ${companyId}::uuid and id = any(${idArray(issueIds)})`,
      judged: sql`
        select ${liveRunGuard(ctx)} as is_live, (select count(*) from about) = cardinality(array(
          select distinct unnest(${idArray(issueIds)}))) as has_all`,
      requested: sql`${insertInto(schema.approvals, values)} from judged where is_live and has_all returning *`,
      linked: sql`
        insert into issue_approvals (company_id, issue_id, approval_id)
        select requested.company_id, about.id, requested.id from requested, about`,
    },
    activity: [
      {
        from: "requested",
        action: "approval.requested",
        entityType: "approval",
        entityId: sql`id`,
        details: sql`jsonb_build_object('type', type, 'title', left(payload ->> 'title', 200))`,
      },
    ],
    select: sql`select requested.*, judged.is_live from judged left join requested on true`,
  });
  const [row] = rows;
  if (!row?.isLive && !row?.id) throw leaseLost();
  if (row.id === null) throw new BoardroomError("invalid_reference", "An issue is not one of this company.");
  return row;
}
