import { mutate, type Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { instantValue } from "../instant-value.ts";
import { costParts } from "./cost-parts.ts";
import { judgeSharedBudgets } from "./judge-shared-budgets.ts";
import { estimatedCents, pricesCte } from "./price-parts.ts";
import type { CostRefusal } from "./refused-cost.ts";

export type StatedCost = Omit<InputOf<"costs.report">, "idempotencyKey">;
interface Extras {
  refusal: CostRefusal | null;
  isNew: boolean;
  isNear: boolean;
}
/** What came of one stated cost: its event, also one that was there before, or why it was refused. */
export type WrittenCost = Row<typeof schema.costEvents, Extras> & { isReplayed: boolean };

/**
 * Writes stated costs into the ledger, in one statement and their order. One whose id another call writes at this very moment
 * comes back with neither event nor refusal.
 */
export async function writeCosts(ctx: Ctx, costs: readonly StatedCost[]): Promise<WrittenCost[]> {
  const { companyId } = ctx.db;
  for (const { occurredAt } of costs) instantValue(occurredAt);
  const { with: parts, activity } = costParts(companyId);
  const { rows, replayed } = await mutate<typeof schema.costEvents, Extras>(ctx, schema.costEvents, {
    before: locksFor(ctx, costs),
    with: { prices: pricesCte(companyId), ...originParts(ctx, costs), cost_input: costInput(companyId), ...parts },
    activity,
    select: sql`
      select e.*, j.refusal, coalesce(e.is_added, false) and row_number() over (partition by e.id order by j.ord) = 1 as is_new,
        exists (select 1 from budget_near) as is_near
      from judged j left join (
        select *, true as is_added from cost_added union all
        select k.*, false from cost_events k where k.company_id = ${companyId}::uuid and k.id = any(array(select id from stated))) e on e.id = j.id and j.refusal is null
      order by j.ord`,
  });
  if (!replayed && rows[0]?.isNear) ctx.ports.afterwards(() => judgeSharedBudgets(ctx));
  return rows.map((row) => ({ ...row, isReplayed: replayed }));
}

const runIdOf = ({ actor }: Ctx, cost: StatedCost) =>
  cost.heartbeatRunId === undefined ? actor.runId : cost.heartbeatRunId;

/** Agents, then runs, in the order of every cost: what the statement reads of them is not older than these locks. */
function locksFor(ctx: Ctx, costs: readonly StatedCost[]): SQL[] {
  const { companyId } = ctx.db;
  const ids = (values: (string | null)[]) => JSON.stringify([...new Set(values.filter((id) => id !== null))]);
  const lock = (table: "agents" | "heartbeat_runs", values: string) => sql`
    select 1 from ${sql.identifier(table)} where company_id = ${companyId}::uuid
      and id in (select value::uuid from jsonb_array_elements_text(${values}::jsonb)) order by id for no key update`;
  const locks = [lock("agents", ids(costs.map(({ agentId }) => agentId)))];
  const runIds = costs.map((cost) => runIdOf(ctx, cost));
  if (runIds.some((id) => id !== null)) locks.push(lock("heartbeat_runs", ids(runIds)));
  return locks;
}

/** Where each cost belongs, and what stands against it. What isn't stated at all is not in its JSON. */
function originParts(ctx: Ctx, costs: readonly StatedCost[]) {
  const { companyId } = ctx.db;
  const stated = JSON.stringify(costs.map((cost) => ({ ...cost, heartbeatRunId: runIdOf(ctx, cost) })));
  const missing = (table: string, key: string) => sql`s.e ->> ${sql.raw(`'${key}'`)} is not null and not exists (
    select 1 from ${sql.identifier(table)} x where x.company_id = ${companyId}::uuid and x.id = (s.e ->> ${sql.raw(`'${key}'`)})::uuid)`;
  return {
    stated: sql`
      select ord, e, coalesce((e ->> 'id')::uuid, uuidv7()) as id, (e ->> 'agentId')::uuid as agent_id,
        (e ->> 'heartbeatRunId')::uuid as run_id, coalesce((e ->> 'occurredAt')::timestamptz, now()) as occurred_at
      from jsonb_array_elements(${stated}::jsonb) with ordinality x(e, ord) limit ${costs.length === 1 ? sql`1` : sql`500`}`,
    judged: sql`
      select s.*, r.id as of_run_id, case when s.e ? 'issueId' then (s.e ->> 'issueId')::uuid
          else coalesce(r.issue_id, (select i.id from issues i where i.company_id = r.company_id and i.checkout_run_id = r.id
            order by i.execution_locked_at desc limit 1)) end as issue_id,
        case
          when not ${liveRunGuard(ctx)} then 'lease_lost'
          when ${ctx.actor.agentId}::uuid <> s.agent_id then 'other_agent'
          when a.id is null then 'agent'
          when s.run_id is not null and r.id is null then 'run'
          when ${missing("issues", "issueId")} then 'issue'
          when ${missing("projects", "projectId")} then 'project'
          when ${missing("goals", "goalId")} then 'goal'
          when s.occurred_at > now() + interval '5 minutes' then 'future'
        end as refusal
      from stated s
      left join agents a on a.company_id = ${companyId}::uuid and a.id = s.agent_id
      left join heartbeat_runs r on r.company_id = ${companyId}::uuid and r.id = s.run_id and r.agent_id = s.agent_id`,
  };
}

function costInput(companyId: string): SQL {
  const inherited = (key: string, column: SQL, type: string) =>
    sql`case when j.e ? ${sql.raw(`'${key}'`)} then (j.e ->> ${sql.raw(`'${key}'`)})::${sql.raw(type)} else ${column} end`;
  const tokens = (key: string) => sql`(j.e ->> ${sql.raw(`'${key}'`)})::bigint`;
  const counts = {
    input: tokens("inputTokens"),
    cached: tokens("cachedInputTokens"),
    output: tokens("outputTokens"),
  };
  const estimate = estimatedCents(sql`j.e ->> 'provider'`, sql`j.e ->> 'model'`, sql`j.occurred_at`, counts);
  return sql`
    select distinct on (j.id) j.id, j.agent_id, j.issue_id, ${inherited("projectId", sql`i.project_id`, "uuid")} as project_id,
      ${inherited("goalId", sql`i.goal_id`, "uuid")} as goal_id, j.of_run_id as heartbeat_run_id,
      ${inherited("billingCode", sql`i.billing_code`, "text")} as billing_code, j.e ->> 'provider' as provider, j.e ->> 'biller' as biller,
      j.e ->> 'billingType' as billing_type, j.e ->> 'model' as model, ${counts.input} as input_tokens, ${counts.cached} as cached_input_tokens,
      ${counts.output} as output_tokens, coalesce((j.e ->> 'costCents')::numeric, c.estimate, 0)::numeric(20, 6) as cost_cents, j.occurred_at,
      case when j.e ->> 'costCents' is not null then 'reported' when c.estimate is not null then 'estimated' else 'unaccounted' end::cost_basis as basis,
      case when j.e ->> 'costCents' is not null then null when c.estimate is not null then ${estimateNote} else ${unknownNote} end as basis_note,
      null::uuid as corrects_event_id
    from judged j left join issues i on i.company_id = ${companyId}::uuid and i.id = j.issue_id
    left join lateral (select case when j.e ->> 'costCents' is null then ${estimate} end as estimate offset 0) c on true
    where j.refusal is null order by j.id, j.ord`;
}

export const estimateNote = "Tokens by the model's price";
export const unknownNote = "No price is known for this model";

/** Whether a stored event is what is stated now; an estimate is compared by what it was made of. */
export function isSameCost(event: Row<typeof schema.costEvents>, input: StatedCost): boolean {
  const { occurredAt, costCents, ...stated } = input;
  const differs = Object.entries(stated).some(
    ([key, value]) => value !== undefined && event[key as keyof typeof stated] !== value,
  );
  return (
    !differs &&
    (costCents === undefined ? event.basis !== "reported" : Math.abs(event.costCents - costCents) < 0.000_001) &&
    (occurredAt === undefined || Date.parse(event.occurredAt) === Date.parse(occurredAt))
  );
}
