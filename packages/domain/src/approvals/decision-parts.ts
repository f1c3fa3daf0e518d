import { type ApprovalStatus, BoardroomError, defaultDecisionPolicy, type MemberRole } from "@boardroom/contract";
import type { ActivityEntry, Row } from "@boardroom/db";
import { isoText, type schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";

/**
 * Stands before every statement that decides: votes of others that were cast while we waited are in the statement's snapshot
 * then.
 */
export const lockApproval = (companyId: string, id: string): SQL =>
  sql`select 1 from approvals where company_id = ${companyId}::uuid and id = ${id}::uuid for update`;

export const oneApproval = (companyId: string, id: string): SQL =>
  sql`select * from approvals where company_id = ${companyId}::uuid and id = ${id}::uuid`;

const fallback = defaultDecisionPolicy;

/** The rules of the approval in `alias`, which isn't `rule`: its company's for the type, else the defaults. */
export const policyOf = (alias: string): SQL => {
  const of = sql.identifier(alias);
  return sql`
    select coalesce(rule.quorum, ${fallback.quorum}::int) as quorum,
      coalesce(rule.minimum_role, ${fallback.minimumRole}::member_role) as minimum_role,
      coalesce(rule.grace_seconds, ${fallback.graceSeconds}::int) as grace_seconds,
      case when rule.company_id is null then ${fallback.escalateAfterSec}::int else rule.escalate_after_sec end as escalate_after_sec,
      case when rule.company_id is null then ${fallback.expiresAfterSec}::int else rule.expires_after_sec end as expires_after_sec
    from (select 1) one left join decision_policies rule on rule.company_id = ${of}.company_id and rule.type = ${of}.type`;
};

interface OutcomeWakes {
  extra?: SQL;
  causes?: readonly SQL[];
  /** The CTE of agents that the statement makes. */
  newAgents?: string | undefined;
}

/** CTEs that wake the requester of the approval in `from` with what became of it, and whom an effect names. */
export function outcomeWakes(
  { actor, db: { companyId } }: Pick<Ctx, "actor" | "db">,
  from: string,
  { extra = sql`'{}'::jsonb`, causes = [], newAgents }: OutcomeWakes = {},
): Record<string, SQL> {
  const told = sql`
    select d.requested_by_agent_id as agent_id, null::uuid as issue_id, 'approval_decided'::text as reason,
      jsonb_build_object('approvalId', d.id, 'approvalStatus', d.status, 'decisionNote', d.decision_note) || ${linkedIssues("d")} || ${extra} as payload
    from ${sql.identifier(from)} d`;
  return {
    outcome_causes: sql.join([told, ...causes], sql` union all `),
    ...wakeParts(companyId, actor, {
      from: "outcome_causes",
      agentId: sql`cause.agent_id`,
      issueId: sql`cause.issue_id`,
      reason: sql`cause.reason`,
      payload: sql`cause.payload`,
      newAgents,
    }),
  };
}

const linkedIssues = (alias: string) => {
  const of = sql.identifier(alias);
  return sql`coalesce((
    select jsonb_build_object('linkedIssueIds', jsonb_agg(l.issue_id order by l.issue_id)) from issue_approvals l
    where l.company_id = ${of}.company_id and l.approval_id = ${of}.id having count(*) > 0), '{}'::jsonb)`;
};

/** The audit row of what became of an approval. */
export const approvalActivity = (from: string, action: string | SQL, extra = sql`'{}'::jsonb`): ActivityEntry => ({
  from,
  action,
  entityType: "approval",
  entityId: sql`id`,
  agentId: sql`requested_by_agent_id`,
  details: sql`jsonb_build_object('type', type, 'name', payload ->> 'name', 'title', left(payload ->> 'title', 200), 'decisionNote', decision_note) || ${extra}`,
});

/** What a refused decision tells of the approval as it is. */
export interface StateBefore {
  wasStatus: ApprovalStatus;
  wasType: Row<typeof schema.approvals>["type"];
  decidedAtBefore: string | null;
  decidedByBefore: string | null;
  decidedByNameBefore: string | null;
}
export const stateBefore = (alias: string): SQL => {
  const of = sql.identifier(alias);
  return sql`${of}.status as was_status, ${of}.type as was_type, ${isoText(sql`${of}.decided_at`)} as decided_at_before,
    ${of}.decided_by_user_id as decided_by_before, (
      select m.display_name from memberships m
      where m.company_id = ${of}.company_id and m.user_id = ${of}.decided_by_user_id) as decided_by_name_before`;
};

const words: Record<ApprovalStatus, string> = {
  pending: "submitted",
  approved: "approved",
  rejected: "rejected",
  revision_requested: "sent back for revision",
  cancelled: "cancelled",
};

/** That somebody was first, and who. */
export function decidedAlready(row: StateBefore): BoardroomError {
  const by = row.decidedByNameBefore ? ` by ${row.decidedByNameBefore}` : "";
  return new BoardroomError("stale_state", `This was ${words[row.wasStatus]}${by} already.`, {
    status: row.wasStatus,
    decidedByUserId: row.decidedByBefore,
    decidedAt: row.decidedAtBefore,
  });
}

export const changedSince = (version: number) =>
  new BoardroomError("stale_state", "The proposal has changed since you looked at it. Read it again.", {
    payloadVersion: version,
  });

const whoDecides: Record<MemberRole, string> = {
  owner: "an owner",
  admin: "an admin or an owner",
  operator: "an operator, an admin or an owner",
  viewer: "a member",
};

export const belowRole = (minimum: MemberRole) =>
  new BoardroomError("forbidden", `In this company ${whoDecides[minimum]} decides this.`, { minimumRole: minimum });

export const ownRequest = () =>
  new BoardroomError("forbidden", "You asked for this yourself: others have to decide it.");
