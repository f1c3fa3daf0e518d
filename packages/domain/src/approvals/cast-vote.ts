import type { DecidedApproval, MemberRole } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import {
  approvalActivity,
  belowRole,
  changedSince,
  decidedAlready,
  lockApproval,
  oneApproval,
  outcomeWakes,
  ownRequest,
  policyOf,
  type StateBefore,
  stateBefore,
} from "./decision-parts.ts";
import { type EffectParts, makeEffects } from "./effects/index.ts";
import { followDecision } from "./follow-decision.ts";
import { tallyOf } from "./tally.ts";

export interface Vote {
  id: string;
  approves: boolean;
  decisionNote?: string | null | undefined;
  payloadVersion?: number | undefined;
  selection?: Record<string, unknown> | null | undefined;
}

interface Extras extends StateBefore {
  refusal: "not_pending" | "changed" | "below_role" | "own_request" | "effect" | null;
  effectRefusal: string | null;
  minimumRole: MemberRole;
  versionNow: number;
  hasVoted: boolean;
  queuedRunIds: string[] | null;
}

/**
 * Notes a vote, and with the last one that it takes decides: what follows happens in the same statement, or once the grace
 * window has closed. Of several last votes at once exactly one takes effect.
 * @throws BoardroomError stale_state with who decided when, forbidden; what the effect throws, and then it stays pending
 */
export async function castVote(ctx: Ctx, vote: Vote): Promise<DecidedApproval> {
  const { companyId } = ctx.db;
  const effects = await makeEffects(ctx);
  const { rows } = await mutate<typeof schema.approvals, Extras>(ctx, schema.approvals, {
    before: lockApproval(companyId, vote.id),
    with: {
      ...judgeVote(ctx, vote, effects),
      ...countVote(ctx, vote, effects),
    },
    activity: [
      approvalActivity("decided", sql`'approval.' || status`),
      approvalActivity("vote_only", "approval.voted", sql`jsonb_build_object('approves', ${vote.approves}::boolean)`),
      ...(vote.approves ? effects.activity : []),
    ],
    select: sql`
      select shown.*, judged.refusal, judged.effect_refusal, judged.minimum_role, judged.payload_version as version_now,
        ${stateBefore("judged")}, exists (select 1 from voted) as has_voted,
        (select array_agg(q.id) from queued_run q) as queued_run_ids ${vote.approves ? effects.answer : sql``}
      from judged left join (select * from decided union all select * from vote_only) shown on true`,
  });
  const row = found(rows[0], "approval");
  if (!row.hasVoted) throw refusedVote(row, effects.refused);
  followDecision(ctx, row);
  return { agentId: null, webhookSecret: null, ...effects.outcome(row.type, { ...row }), ...row };
}

/** The vote, what it comes to together with the others, and what stands against it. */
const judgeVote = (ctx: Ctx, vote: Vote, effects: EffectParts): Record<string, SQL> => {
  const { companyId } = ctx.db;
  const userId = ctx.actor.id;
  return {
    target: oneApproval(companyId, vote.id),
    policy: sql`select policy.* from target cross join lateral (${policyOf("target")}) policy`,
    ballot: sql`
      select ${vote.approves}::boolean as approves, ${vote.decisionNote ?? null}::text as note, m.user_id, m.display_name,
        ${vote.selection ? JSON.stringify(vote.selection) : null}::jsonb as selection, m.role <= policy.minimum_role as may_vote
      from target, policy, memberships m where m.company_id = ${companyId}::uuid and m.user_id = ${userId}::text`,
    tally: tallyOf(companyId),
    judged: sql`
      select target.*, policy.grace_seconds, policy.minimum_role, tally.verdict, effect.refusal as effect_refusal, case
        when target.status <> 'pending' then 'not_pending'
        when not coalesce(ballot.may_vote, false) then 'below_role'
        when policy.quorum > 1 and target.requested_by_user_id = ballot.user_id then 'own_request'
        when target.payload_version <> ${vote.payloadVersion ?? null}::int then 'changed'
        when tally.verdict = 'approved' and effect.refusal is not null then 'effect'
      end as refusal
      from target cross join policy cross join tally left join ballot on true join companies c on c.id = target.company_id
      cross join lateral (select ${effects.refusal} as refusal) effect`,
  };
};

/** The vote is kept, and decides where it was the last one that it took. */
const countVote = (ctx: Ctx, vote: Vote, effects: EffectParts): Record<string, SQL> => {
  const { companyId } = ctx.db;
  return {
    effective: sql`
      select target.company_id, target.id, target.type, target.payload, target.payload_version, target.requested_by_agent_id,
        target.requested_by_user_id, target.requested_by_run_id, ballot.note as decision_note, ballot.user_id as decided_by_user_id,
        ballot.selection
      from target join judged on judged.refusal is null and judged.verdict = 'approved' and judged.grace_seconds = 0, ballot`,
    ...(vote.approves ? effects.with : {}),
    accepted: sql`
      select target.id from judged as target where target.refusal is null and (
        not exists (select 1 from effective) or ${vote.approves ? effects.done : sql`true`})`,
    voted: sql`
      insert into approval_votes as v (company_id, approval_id, user_id, user_name, approves, note, selection)
      select ${companyId}::uuid, accepted.id, ballot.user_id, ballot.display_name, ballot.approves, ballot.note, ballot.selection
      from accepted, ballot
      on conflict (company_id, approval_id, user_id) do update set
        approves = excluded.approves, note = excluded.note, selection = excluded.selection, created_at = now()
      returning v.approval_id`,
    decided: sql`
      update approvals p set status = judged.verdict::approval_status, decision_note = ballot.note, selection = ballot.selection,
        decided_by_user_id = ballot.user_id, decided_at = now(), updated_at = now(), effect_problem = null,
        effect_at = case when judged.verdict = 'approved' then now() + make_interval(secs => judged.grace_seconds) end,
        effected_at = case when judged.verdict = 'approved' and judged.grace_seconds = 0 then now() end
      from judged, accepted, ballot
      where p.company_id = ${companyId}::uuid and p.id = accepted.id and judged.verdict is not null
      returning p.*`,
    final: sql`select * from decided where status <> 'approved' or effected_at is not null`,
    vote_only: sql`
      select target.* from target join voted on voted.approval_id = target.id where not exists (select 1 from decided)`,
    ...outcomeWakes(ctx, "final", vote.approves ? effects : {}),
  };
};

function refusedVote(row: Row<typeof schema.approvals, Extras>, refusedEffect: EffectParts["refused"]) {
  switch (row.refusal) {
    case "not_pending":
      return decidedAlready(row);
    case "below_role":
      return belowRole(row.minimumRole);
    case "own_request":
      return ownRequest();
    case "changed":
      return changedSince(row.versionNow);
    default:
      return refusedEffect(row.wasType, row.effectRefusal);
  }
}
