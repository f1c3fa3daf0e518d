import type { IssueStatus, Routine, RoutineRun, RoutineStatus, RoutineTrigger } from "@boardroom/contract";
import { isoText, mapRow, type Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ports } from "../ports.ts";
import { nextSlots, previewedRuns } from "./cron.ts";
import { reasonSentences } from "./refusals.ts";

type Json = Record<string, unknown>;

/** What a routine shows beside its own columns. */
export interface RoutineExtras {
  triggers: Json[];
  lastRun: Json | null;
  readAt: string;
}
/** What a fire shows beside its own columns. */
export interface RunExtras {
  linkedIssue: { id: string; identifier: string; title: string; status: IssueStatus } | null;
}
type TriggerRow = Row<typeof schema.routineTriggers>;

/** The moment of the statement, as the clock that schedules are shown by. */
export const readAt: SQL = sql`${isoText(sql`now()`)} as read_at`;

/** The issue of a fire over the alias `f` of routine_runs. */
export const linkedIssue = sql`(
  select jsonb_build_object('id', i.id, 'identifier', i.identifier, 'title', i.title, 'status', i.status) from issues i
  where i.company_id = f.company_id and i.id = f.linked_issue_id) as linked_issue`;

/** The select list of a routine as the API shows it, over the alias `r`. */
export const routineColumns = sql`
  r.*, ${readAt},
  (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from routine_triggers t
    where t.company_id = r.company_id and t.routine_id = r.id) as triggers,
  (select to_jsonb(latest) from (
    select f.*, ${linkedIssue} from routine_runs f
    where f.company_id = r.company_id and f.routine_id = r.id order by f.id desc limit 1) latest) as last_run`;

export function shownRoutine(ports: Ports, row: Row<typeof schema.routines, RoutineExtras>): Routine {
  const { triggers, lastRun, readAt: now, ...routine } = row;
  const shown = triggers.map((trigger) =>
    shownTrigger(ports, mapRow(schema.routineTriggers, trigger), routine.status, now),
  );
  const soonest = shown.flatMap(({ nextRunAt }) => nextRunAt ?? []).sort();
  return {
    ...routine,
    triggers: shown,
    nextRunAt: soonest[0] ?? null,
    lastRun: lastRun && shownRun(mapRow<typeof schema.routineRuns, RunExtras>(schema.routineRuns, lastRun)),
  };
}

/** A trigger with its next runs, which there are only while it and its routine are at work. */
export function shownTrigger(ports: Ports, trigger: TriggerRow, status: RoutineStatus, now: string): RoutineTrigger {
  const { cronExpression, timezone, publicId, enabled } = trigger;
  const fires = cronExpression !== null && timezone !== null && enabled && status === "active";
  const nextRuns = fires
    ? nextSlots({ cronExpression, timezone }, new Date(now), previewedRuns).map((slot) => slot.toISOString())
    : [];
  return {
    ...trigger,
    nextRunAt: nextRuns[0] ?? null,
    nextRuns,
    webhookUrl: publicId && webhookUrl(ports, publicId),
  };
}

export const webhookUrl = (ports: Ports, publicId: string) =>
  `${ports.publicUrl}/api/routine-triggers/public/${publicId}/fire`;

export function shownRun(run: Row<typeof schema.routineRuns, RunExtras>): RoutineRun {
  return { ...run, explanation: run.reason && (reasonSentences[run.reason] ?? run.reason) };
}
