import { BoardroomError, type ReviewStage } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import type { InputOf } from "../input.ts";
import { issueWhere, lockIssue } from "../issues/internal.ts";
import { manageRefusals, mayNotManage } from "./manage-limits.ts";

type Refusal = "lease_lost" | "not_yours" | "ended" | "in_review" | "no_reviewer" | "own_work";

/**
 * Says who looks at the work on an issue before it is done, in order. Nobody reviews their own work.
 * @throws BoardroomError invalid_reference for a reviewer who isn't there, unusable_reference for one who does the work, conflict
 * while the issue is in review or has ended, forbidden for an agent that does the work
 */
export async function replaceReviews(
  ctx: Ctx,
  { id: ref, stages }: InputOf<"reviews.replace">,
): Promise<ReviewStage[]> {
  const { companyId } = ctx.db;
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(stages)}::jsonb)
    as w (kind review_stage_kind, "reviewerAgentId" uuid, "reviewerUserId" text)`;
  const { rows } = await mutate<typeof schema.issues, { refusal: Refusal | null; stages: ReviewStage[] }>(
    ctx,
    schema.issues,
    {
      before: lockIssue(companyId, ref),
      with: {
        judged: sql`
        select i.*, case ${mayNotManage(ctx)}
            when i.status = 'in_review' then 'in_review'
            when exists (select 1 from ${wanted} where not exists (select 1 from agents a where a.company_id = i.company_id
                and a.id = w."reviewerAgentId" and a.status <> 'terminated')
              and not exists (select 1 from memberships m where m.company_id = i.company_id and m.user_id = w."reviewerUserId"))
              then 'no_reviewer'
            when exists (select 1 from ${wanted} where w."reviewerAgentId" = i.assignee_agent_id or w."reviewerUserId" = i.assignee_user_id)
              then 'own_work' end as refusal
        from issues i where ${issueWhere(companyId, ref, "i")}`,
        removed: sql`
        delete from issue_review_stages s using judged j
        where j.refusal is null and s.company_id = j.company_id and s.issue_id = j.id returning s.id`,
        added: sql`
        insert into issue_review_stages (company_id, issue_id, position, kind, reviewer_agent_id, reviewer_user_id)
        select j.company_id, j.id, w.ordinality, (w.value ->> 'kind')::review_stage_kind, (w.value ->> 'reviewerAgentId')::uuid,
          w.value ->> 'reviewerUserId'
        from judged j cross join jsonb_array_elements(${JSON.stringify(stages)}::jsonb) with ordinality w
        where j.refusal is null returning *`,
        changed: sql`select * from judged where refusal is null`,
      },
      activity: [
        {
          from: "changed",
          action: "issue.review_stages_set",
          entityType: "issue",
          entityId: sql`id`,
          details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'stageCount', (select count(*) from added))`,
        },
      ],
      select: sql`select judged.*, ${stagesOfAdded} as stages from judged`,
    },
  );
  const issue = found(rows[0], "issue");
  if (issue.refusal) throw refused(issue.refusal);
  return issue.stages;
}

/** What was written: the table doesn't show it before the statement is through. */
const stagesOfAdded = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'issueId', s.issue_id, 'position', s.position, 'kind', s.kind,
    'reviewerAgentId', s.reviewer_agent_id, 'reviewerUserId', s.reviewer_user_id, 'status', s.status, 'note', null,
    'decidedByAgentId', null, 'decidedByUserId', null, 'decidedByName', null, 'decidedAt', null) order by s.position), '[]') from added s)`;

function refused(refusal: Refusal): BoardroomError {
  switch (refusal) {
    case "lease_lost":
      return leaseLost();
    case "in_review":
      return new BoardroomError("conflict", "The issue is in review now. Take it back to in progress first.");
    case "no_reviewer":
      return new BoardroomError("invalid_reference", "A reviewer is neither an agent nor a member of this company.");
    case "own_work":
      return new BoardroomError("unusable_reference", "Nobody reviews their own work: choose another reviewer.");
    default:
      return manageRefusals[refusal]();
  }
}
