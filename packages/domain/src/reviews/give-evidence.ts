import { BoardroomError, type Criterion } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { isAbove } from "../agents/chain-of-command.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { issueWhere, lockIssue } from "../issues/internal.ts";

type Evidence = Pick<InputOf<"criteria.giveEvidence">, "kind" | "ref" | "note">;
interface Extras {
  refusal: "lease_lost" | "not_yours" | "ended" | "no_evidence" | null;
}

/**
 * Shows that a criterion of an issue is met: by something that stands on the issue, or an address.
 * @throws BoardroomError invalid_reference when that isn't on the issue, forbidden for an agent that doesn't work on it, conflict
 */
export const giveEvidence = (
  ctx: Ctx,
  { id, kid, ...evidence }: InputOf<"criteria.giveEvidence">,
): Promise<Criterion> => change(ctx, id, kid, evidence);

/** Takes the evidence of a criterion back. */
export const takeEvidence = (ctx: Ctx, { id, kid }: InputOf<"criteria.takeEvidence">): Promise<Criterion> =>
  change(ctx, id, kid, null);

async function change(ctx: Ctx, ref: string, kid: string, evidence: Evidence | null): Promise<Criterion> {
  const { actor, db } = ctx;
  const { companyId } = db;
  const { rows } = await mutate<typeof schema.issueCriteria, Extras>(ctx, schema.issueCriteria, {
    before: lockIssue(companyId, ref),
    with: {
      judged: sql`
        select c.*, i.identifier, i.title, case when not ${liveRunGuard(ctx)} then 'lease_lost'
            ${actor.agentId ? worksOnIt(actor.agentId) : sql``}
            when i.status in ('done', 'cancelled') then 'ended'
            ${evidence ? sql`when not ${isThere(evidence)} then 'no_evidence'` : sql``} end as refusal
        from issues i join issue_criteria c on c.company_id = i.company_id and c.issue_id = i.id and c.id = ${kid}::uuid
        where ${issueWhere(companyId, ref, "i")}`,
      met: sql`
        update issue_criteria c set evidence_kind = ${evidence?.kind ?? null}::evidence_kind, evidence_ref = ${evidence?.ref ?? null}::text,
          evidence_note = ${evidence?.note ?? null}::text, met_at = ${evidence ? sql`now()` : sql`null`},
          met_by_agent_id = ${evidence ? actor.agentId : null}::uuid, met_by_user_id = ${evidence && actor.type === "user" ? actor.id : null}::text,
          met_by_name = ${evidence ? actor.name : null}::text
        from judged j where j.refusal is null and c.company_id = j.company_id and c.id = j.id returning c.*, j.identifier, j.title`,
    },
    activity: [
      {
        from: "met",
        action: evidence ? "issue.criterion_met" : "issue.criterion_reopened",
        entityType: "issue",
        entityId: sql`issue_id`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'criterionId', id, 'criterion', left(text, 200),
          'kind', evidence_kind, 'ref', left(evidence_ref, 300))`,
      },
    ],
    select: sql`select met.*, judged.refusal from judged left join met on true`,
  });
  const criterion = found(rows[0], "criterion");
  if (criterion.refusal) throw refused(criterion.refusal);
  return criterion;
}

const worksOnIt = (agentId: string): SQL => sql`
  when i.assignee_agent_id is distinct from ${agentId}::uuid
    and not ${isAbove(sql`i.company_id`, sql`${agentId}::uuid`, sql`i.assignee_agent_id`)} then 'not_yours'`;

/** Whether what is named stands on the issue `i`. */
function isThere({ kind, ref }: Evidence): SQL {
  const of = (table: string, column: string) => sql`exists (select 1 from ${sql.identifier(table)} e
    where e.company_id = i.company_id and e.issue_id = i.id and e.${sql.identifier(column)}::text = ${ref}::text)`;
  switch (kind) {
    case "comment":
      return of("comments", "id");
    case "work_product":
      return of("work_products", "id");
    case "document":
      return of("documents", "key");
    case "attachment":
      return of("attachments", "id");
    default:
      return sql`${/^https?:\/\/\S+$/.test(ref)}::boolean`;
  }
}

function refused(refusal: NonNullable<Extras["refusal"]>): BoardroomError {
  switch (refusal) {
    case "not_yours":
      return new BoardroomError(
        "forbidden",
        "Only who works on the issue, or a manager of theirs, shows that it is done.",
      );
    case "ended":
      return new BoardroomError("conflict", "This issue has ended.");
    case "no_evidence":
      return new BoardroomError(
        "invalid_reference",
        "The evidence is not on this issue; an address starts with https://.",
      );
    default:
      return leaseLost();
  }
}
