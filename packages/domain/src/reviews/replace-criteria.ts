import { BoardroomError, type Criterion } from "@boardroom/contract";
import { isoText, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import type { InputOf } from "../input.ts";
import { issueWhere, lockIssue } from "../issues/internal.ts";
import { manageRefusals, mayNotManage } from "./manage-limits.ts";

type Refusal = "lease_lost" | "not_yours" | "ended" | "no_criterion";

/**
 * Says what has to be true before an issue is done. A criterion that is named by its id keeps its evidence while its text stays.
 * @throws BoardroomError forbidden for an agent that does the work, invalid_reference for an id of another issue, conflict
 */
export async function replaceCriteria(
  ctx: Ctx,
  { id: ref, criteria }: InputOf<"criteria.replace">,
): Promise<Criterion[]> {
  const { companyId } = ctx.db;
  const given = sql`jsonb_array_elements(${JSON.stringify(criteria)}::jsonb) with ordinality w`;
  const kept = sql`c.company_id = j.company_id and c.issue_id = j.id`;
  const { rows } = await mutate<typeof schema.issues, { refusal: Refusal | null; criteria: Criterion[] }>(
    ctx,
    schema.issues,
    {
      before: lockIssue(companyId, ref),
      with: {
        judged: sql`
        select i.*, case ${mayNotManage(ctx)}
            when exists (select 1 from ${given} where w.value ->> 'id' is not null and not exists (select 1 from issue_criteria c
              where c.company_id = i.company_id and c.issue_id = i.id and c.id = (w.value ->> 'id')::uuid)) then 'no_criterion' end as refusal
        from issues i where ${issueWhere(companyId, ref, "i")}`,
        removed: sql`
        delete from issue_criteria c using judged j where j.refusal is null and ${kept} and not exists (
          select 1 from ${given} where (w.value ->> 'id')::uuid = c.id) returning c.id`,
        updated: sql`
        update issue_criteria c set position = w.ordinality, text = w.value ->> 'text',
          is_required = coalesce((w.value -> 'isRequired')::boolean, true),
          met_at = case when c.text = w.value ->> 'text' then c.met_at end
        from judged j cross join ${given} where j.refusal is null and ${kept} and c.id = (w.value ->> 'id')::uuid returning c.*`,
        added: sql`
        insert into issue_criteria (company_id, issue_id, position, text, is_required)
        select j.company_id, j.id, w.ordinality, w.value ->> 'text', coalesce((w.value -> 'isRequired')::boolean, true)
        from judged j cross join ${given} where j.refusal is null and w.value ->> 'id' is null returning *`,
        changed: sql`select * from judged where refusal is null`,
      },
      activity: [
        {
          from: "changed",
          action: "issue.criteria_set",
          entityType: "issue",
          entityId: sql`id`,
          details: sql`jsonb_build_object('identifier', identifier, 'title', title,
          'criterionCount', (select count(*) from updated) + (select count(*) from added))`,
        },
      ],
      select: sql`select judged.*, ${written} as criteria from judged`,
    },
  );
  const issue = found(rows[0], "issue");
  if (issue.refusal) throw refused(issue.refusal);
  return issue.criteria;
}

/** What was written: the table doesn't show it before the statement is through. */
const written = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'issueId', c.issue_id, 'position', c.position, 'text', c.text,
    'isRequired', c.is_required, 'evidenceKind', case when c.met_at is not null then c.evidence_kind end,
    'evidenceRef', case when c.met_at is not null then c.evidence_ref end,
    'evidenceNote', case when c.met_at is not null then c.evidence_note end, 'metByAgentId', c.met_by_agent_id,
    'metByUserId', c.met_by_user_id, 'metByName', c.met_by_name, 'metAt', ${isoText(sql`c.met_at`)}) order by c.position), '[]')
  from (select * from updated union all select * from added) c)`;

function refused(refusal: Refusal): BoardroomError {
  if (refusal === "lease_lost") return leaseLost();
  if (refusal === "no_criterion")
    return new BoardroomError("invalid_reference", "A criterion is not one of this issue.");
  return manageRefusals[refusal]();
}
