import type { RoutineRun, RoutineRunSource } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";
import { commentLogged } from "../issues/comment-parts.ts";
import { issueParts } from "./fire-issue.ts";
import { fireJudged } from "./fire-judged.ts";
import { lockFire } from "./lock-fire.ts";
import { type Refusal, refused } from "./refusals.ts";
import { type RunExtras, shownRun } from "./routine-rows.ts";

/** One fire of a routine. */
export interface Fire {
  routineId: string;
  triggerId: string | null;
  source: RoutineRunSource;
  /** Values of variables; of a webhook those that its body holds, known to the routine or not. */
  variables: Record<string, string>;
  /** A webhook's body, as JSON. */
  payload: string | null;
  /** The slot of a schedule. */
  slot: FiredSlot | null;
  /** What makes a delivery this one and no other, and for how long it could come again. */
  nonces: { values: readonly string[]; keptSec: number } | null;
}

export interface FiredSlot {
  /** The slot, which is also what the trigger says is next: only then it fires. */
  at: string;
  /** What the trigger is to say afterwards. */
  next: string | null;
}

export interface FireExtras extends RunExtras {
  refusal: Refusal | null;
  names: string[] | null;
  queuedRunIds: string[] | null;
}
export type FiredRun = Row<typeof schema.routineRuns, FireExtras>;

/**
 * Fires a routine in one statement: its new issue with the wake of its assignee, or the merging into the open one, and the
 * entry in its history. A schedule that can't fire leaves an entry that says why; anybody else gets the refusal.
 * @returns null when there is no such routine, or its slot was fired by somebody else
 */
export async function fireRoutine(ctx: Ctx, fire: Fire): Promise<FiredRun | null> {
  const { companyId } = ctx.db;
  const { rows, replayed } = await mutate<typeof schema.routineRuns, FireExtras>(ctx, schema.routineRuns, {
    before: lockFire(companyId, fire.routineId),
    with: {
      ...fireJudged(ctx, fire),
      ...issueParts(ctx, fire),
      ...wakeParts(companyId, ctx.actor, {
        from: "concerned",
        agentId: sql`cause.assignee_agent_id`,
        issueId: sql`cause.id`,
        source: "automation",
        reason: "routine_fired",
        triggerDetail: sql`cause.routine_title`,
        payload: sql`cause.context`,
        // Who fires its own routine outside of a run asks for its own wake; within one it already has the floor.
        allowSelf: ctx.actor.runId === null,
      }),
    },
    activity: [
      {
        from: "recorded",
        action: sql`case status when 'failed' then 'routine.failed' when 'skipped' then 'routine.skipped' else 'routine.fired' end`,
        entityType: "routine",
        entityId: sql`routine_id`,
        details: sql`jsonb_build_object('routineRunId', id, 'title', (select title from judged), 'source', source, 'status', status,
          'reason', reason, 'triggerId', trigger_id, 'scheduledFor', scheduled_for, 'issueId', linked_issue_id)`,
      },
      {
        from: "created",
        action: "issue.created",
        entityType: "issue",
        entityId: sql`id`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'status', status, 'priority', priority,
          'assigneeAgentId', assignee_agent_id, 'projectId', project_id, 'routineId', origin_id)`,
      },
      commentLogged("commented"),
    ],
    select: sql`
      select recorded.*, judged.refusal, to_jsonb(case judged.refusal when 'unknown_variables' then judged.unknown else judged.missing end) as names,
        (select jsonb_build_object('id', i.id, 'identifier', i.identifier, 'title', i.title, 'status', i.status) from (
          select id, identifier, title, status from created union all
          select id, identifier, title, status from issues where company_id = judged.company_id and id = judged.open_id) i
        where i.id = recorded.linked_issue_id) as linked_issue,
        (select to_jsonb(array_agg(id)) from queued_run) as queued_run_ids
      from judged left join recorded on true`,
  });
  const run = rows[0] ?? null;
  if (run && !replayed) ctx.ports.dispatch((run.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return run;
}

/** The entry of a fire that somebody asked for. @throws BoardroomError with the refusal, not_found */
export function shownFire(fired: FiredRun | null): RoutineRun {
  const { refusal, names, queuedRunIds: _, ...run } = found(fired, "routine");
  if (refusal) throw refused(refusal, names ?? []);
  return shownRun(run);
}
