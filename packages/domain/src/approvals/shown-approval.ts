import type { ShownApproval } from "@boardroom/contract";
import { isoText, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { policyOf } from "./decision-parts.ts";

/** The approvals `a` that `where` picks, newest first, each with what a person needs to decide it. */
export const readApprovals = (ctx: Reader, where: SQL, limit: number): Promise<ShownApproval[]> =>
  ctx.db.rows<typeof schema.approvals, ShownExtras>(schema.approvals, approvalsQuery(ctx, where, limit));

/** Who reads decides what they may do about it. */
type Reader = Pick<Ctx, "db" | "actor">;

export type ShownExtras = Omit<ShownApproval, keyof typeof schema.approvals.$inferSelect>;

/** The statement of that, for one that asks for more. */
export const approvalsQuery = ({ db: { companyId }, actor }: Reader, where: SQL, limit: number): SQL => sql`
      select a.*, ${mayDecide(actor)} as may_decide, coalesce(requester.name, asker.display_name, 'A board member') as requester_name, decider.display_name as decided_by_name,
        policy.quorum, policy.minimum_role, policy.grace_seconds,
        ${isoText(sql`case when a.status = 'pending' and a.escalated_at is null then a.pending_since + make_interval(secs => policy.escalate_after_sec) end`)} as escalates_at,
        ${isoText(sql`case when a.status = 'pending' then a.pending_since + make_interval(secs => policy.expires_after_sec) end`)} as expires_at,
        ${votes} as votes, ${issues} as issues
      from approvals a cross join lateral (${policyOf("a")}) policy
      left join agents requester on requester.company_id = a.company_id and requester.id = a.requested_by_agent_id
      left join memberships asker on asker.company_id = a.company_id and asker.user_id = a.requested_by_user_id
      left join memberships decider on decider.company_id = a.company_id and decider.user_id = a.decided_by_user_id
      where a.company_id = ${companyId}::uuid and ${where}
      order by a.id desc limit ${limit}::int`;

/** The rules by which a vote is taken. */
const mayDecide = ({ kind, id }: Ctx["actor"]): SQL =>
  kind === "user"
    ? sql`(a.status = 'pending' and exists (
        select 1 from memberships m where m.company_id = a.company_id and m.user_id = ${id}::text and m.role <= policy.minimum_role
          and (policy.quorum = 1 or m.user_id is distinct from a.requested_by_user_id)))`
    : sql`false`;

const votes = sql`coalesce((
  select jsonb_agg(jsonb_build_object('userId', v.user_id, 'userName', v.user_name, 'approves', v.approves, 'note', v.note,
    'createdAt', ${isoText(sql`v.created_at`)}) order by v.created_at, v.user_id)
  from approval_votes v where v.company_id = a.company_id and v.approval_id = a.id), '[]'::jsonb)`;

const issues = sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', i.id, 'identifier', i.identifier, 'title', i.title, 'status', i.status) order by i.issue_number)
  from issue_approvals l join issues i on i.company_id = l.company_id and i.id = l.issue_id
  where l.company_id = a.company_id and l.approval_id = a.id), '[]'::jsonb)`;
