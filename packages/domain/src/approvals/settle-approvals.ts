import { type Connection, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { closeGrace } from "./close-grace.ts";
import { approvalActivity, outcomeWakes, policyOf } from "./decision-parts.ts";
import { followDecision } from "./follow-decision.ts";

const atOnce = 200;

/** Whether approvals wait for an answer, or for their grace window to close. */
export const approvalsMove = sql`(
  (select min(pending_since) from approvals where status = 'pending') is not null
  or (select min(effect_at) from approvals where status = 'approved' and effected_at is null) <= now())`;

/** Pending approvals `a` with their rules, and what time has done to them. */
const overdue = (what: "expires_after_sec" | "escalate_after_sec") => sql`
  select a.company_id, a.id from approvals a cross join lateral (${policyOf("a")}) policy
  where a.status = 'pending' and a.pending_since + make_interval(secs => policy.${sql.identifier(what)}) <= now()
    ${what === "escalate_after_sec" ? sql`and a.escalated_at is null` : sql``}`;

/**
 * What time does to approvals: closes grace windows, cancels what nobody answered in time, escalates what waits too long.
 * @returns how many it changed
 */
export async function settleApprovals(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const [closing, expiring, escalating] = await Promise.all([
    system.raw<Due>(sql`
      select company_id, id from approvals where status = 'approved' and effected_at is null and effect_at <= now()
      order by effect_at limit ${atOnce}`),
    system.raw<Due>(sql`${overdue("expires_after_sec")} order by a.pending_since limit ${atOnce}`),
    system.raw<Due>(sql`${overdue("escalate_after_sec")} order by a.pending_since limit ${atOnce}`),
  ]);
  let settled = 0;
  const failures: unknown[] = [];
  const each = async (due: Due[], settle: (ctx: Ctx, id: string) => Promise<boolean>) => {
    for (const { company_id, id } of due) {
      const changed = await settle(contextFor(company_id), id).catch((error: unknown) => void failures.push(error));
      if (changed) settled += 1;
    }
  };
  await each(closing, closeGrace);
  await each(expiring, expireApproval);
  await each(escalating, escalateApproval);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} approvals could not be settled`);
  return settled;
}

interface Due {
  company_id: string;
  id: string;
}

async function expireApproval(ctx: Ctx, id: string): Promise<boolean> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.approvals, { queuedRunIds: string[] | null }>(ctx, schema.approvals, {
    with: {
      expired: sql`
        update approvals p set status = 'cancelled', decision_note = 'Nobody answered in time.', decided_at = now(), updated_at = now()
        from (${overdue("expires_after_sec")}) due
        where p.company_id = ${companyId}::uuid and p.id = ${id}::uuid and due.company_id = p.company_id and due.id = p.id
          and p.status = 'pending'
        returning p.*`,
      ...outcomeWakes(ctx, "expired", { extra: sql`'{"outcome": "expired"}'::jsonb` }),
    },
    activity: [approvalActivity("expired", "approval.expired")],
    select: sql`select expired.*, (select array_agg(q.id) from queued_run q) as queued_run_ids from expired`,
  });
  for (const row of rows) followDecision(ctx, row);
  return rows.length > 0;
}

/** Says once that it has waited too long; notifications follow from that. */
async function escalateApproval(ctx: Ctx, id: string): Promise<boolean> {
  const { companyId } = ctx.db;
  const { rows } = await mutate(ctx, schema.approvals, {
    with: {
      escalated: sql`
        update approvals p set escalated_at = now(), updated_at = now() from (${overdue("escalate_after_sec")}) due
        where p.company_id = ${companyId}::uuid and p.id = ${id}::uuid and due.company_id = p.company_id and due.id = p.id
          and p.status = 'pending' and p.escalated_at is null
        returning p.*`,
    },
    activity: [approvalActivity("escalated", "approval.escalated")],
    select: sql`select * from escalated`,
  });
  return rows.length > 0;
}
