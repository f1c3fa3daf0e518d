import type { Routine } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { getTableColumns, SQL, sql } from "drizzle-orm";
import { assign, type ColumnValues, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { fromNowOn } from "./from-now-on.ts";
import { notYours } from "./own-routine.ts";
import { type Refusal, refused } from "./refusals.ts";
import { type RoutineExtras, routineColumns, shownRoutine } from "./routine-rows.ts";

export interface RoutineChange {
  routineId: string;
  action: string;
  /** New values, as parameters or over the alias `v` of the version's snapshot. */
  values: ColumnValues<typeof schema.routines>;
  /** The CTE `version` that the change is taken from, of one row at most; needs `snapshot`. */
  version?: SQL;
}

/** What a revision keeps, over the alias `r`. */
const snapshot = sql`jsonb_build_object('title', r.title, 'description', r.description, 'projectId', r.project_id, 'goalId', r.goal_id,
  'assigneeAgentId', r.assignee_agent_id, 'priority', r.priority, 'status', r.status, 'concurrencyPolicy', r.concurrency_policy,
  'catchUpPolicy', r.catch_up_policy, 'variables', r.variables, 'env', r.env)`;

/**
 * Changes a routine and keeps the version before as a revision; what changes nothing leaves none. A routine that starts again
 * looks for its next slot from now on: what it would have fired in the meantime was not missed.
 */
export async function changeRoutine(ctx: Ctx, { routineId, action, values, version }: RoutineChange): Promise<Routine> {
  const { actor, db } = ctx;
  const keys = Object.keys(values);
  const assignee =
    values.assigneeAgentId === undefined ? sql`r.assignee_agent_id` : cell("assigneeAgentId", values.assigneeAgentId);
  const { rows } = await mutate<typeof schema.routines, RoutineExtras & { refusal: Refusal | null }>(
    ctx,
    schema.routines,
    {
      with: {
        locked: sql`
          select * from routines where company_id = ${db.companyId}::uuid and id = ${routineId}::uuid for no key update`,
        version: version ?? sql`select null::jsonb as snapshot`,
        judged: sql`
          select r.*, ${snapshot} as snapshot, (${differs(values)}) as differs, case
              when not ${liveRunGuard(ctx)} then 'lease_lost'
              when ${version !== undefined}::boolean and v.snapshot is null then 'no_revision'
              when ${assignee} is not null and a.id is null then 'no_assignee'
              ${notYours(actor, sql`r.assignee_agent_id`)}
              ${notYours(actor, assignee)}
              when a.status = 'terminated' and ${values.assigneeAgentId !== undefined}::boolean then 'assignee_terminated'
            end as refusal
          from locked r left join version v on true
          left join agents a on a.company_id = r.company_id and a.id = ${assignee}`,
        kept: sql`
          insert into routine_revisions (company_id, routine_id, revision_number, snapshot, replaced_by_agent_id, replaced_by_user_id, replaced_by_name)
          select company_id, id, revision_number, snapshot, ${actor.agentId}::uuid,
            ${actor.type === "user" ? actor.id : null}::text, ${actor.name ?? actor.id}::text
          from judged where refusal is null and differs`,
        changed: sql`
          update routines r set ${assign(schema.routines, { ...values, revisionNumber: sql`r.revision_number + 1` })}
          from judged left join version v on true
          where r.company_id = judged.company_id and r.id = judged.id and judged.refusal is null and judged.differs
          returning r.*`,
        rescheduled: sql`
          update routine_triggers t set is_slot = false, next_run_at = case when changed.status = 'active' and t.enabled then ${fromNowOn} end
          from changed, judged
          where t.company_id = changed.company_id and t.routine_id = changed.id and t.kind = 'schedule'
            and changed.status <> judged.status`,
      },
      activity: [
        {
          from: "changed",
          action,
          entityType: "routine",
          entityId: sql`id`,
          details: sql`jsonb_build_object('title', title, 'status', status, 'revisionNumber', revision_number,
            'changed', to_jsonb(${textArray(keys)}))`,
        },
      ],
      select: sql`
        select shown.*, judged.refusal from judged
        left join (
          select ${routineColumns} from (
            select * from changed union all
            select locked.* from locked where not exists (select 1 from changed)) r) shown on true`,
    },
  );
  const { refusal, ...routine } = found(rows[0], "routine");
  if (refusal) throw refused(refusal);
  return shownRoutine(ctx.ports, routine);
}

type Values = ColumnValues<typeof schema.routines>;
const columns = getTableColumns(schema.routines);
const isColumn = (key: string): key is keyof typeof columns => key in columns;

/** A new value; a parameter carries its column's form and type. */
function cell(key: keyof typeof columns, value: unknown): SQL {
  return value instanceof SQL ? value : sql`${sql.param(value, columns[key])}::${sql.raw(columns[key].getSQLType())}`;
}

/** Whether a value is another than the stored one, over the alias `r`. */
function differs(values: Values): SQL {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    isColumn(key) && value !== undefined
      ? [sql`r.${sql.identifier(columns[key].name)} is distinct from (${cell(key, value)})`]
      : [],
  );
  return pairs.length === 0 ? sql`false` : sql.join(pairs, sql` or `);
}
