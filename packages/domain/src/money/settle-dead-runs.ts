import { type Connection, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { lockAgentOfRun } from "../heartbeat/lock-agent-of-run.ts";
import { costParts } from "./cost-parts.ts";
import { judgeSharedBudgets } from "./judge-shared-budgets.ts";
import { estimatedCents, pricesCte } from "./price-parts.ts";

/** Older ones stay as they are. */
const days = 7;
const runsAtOnce = 200;
const hasNoCost = sql`status in ('lost', 'timed_out') and cost_basis is null`;
const isUnsettled = sql`${hasNoCost} and finished_at > now() - make_interval(days => ${days})`;

/** Whether a run died of which nobody said what it cost. */
export const deadRunsAreUnsettled = sql`(select max(finished_at) from heartbeat_runs where ${hasNoCost}) > now() - make_interval(days => ${days})`;

/**
 * Gives runs that died without a word on their cost one: estimated from the tokens that they had shown, else from what the
 * agent's runs cost in the middle; unaccounted where neither is known. @returns how many
 */
export async function settleDeadRuns(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const runs = await system.raw<{ company_id: string; id: string }>(
    sql`select company_id, id from heartbeat_runs where ${isUnsettled} order by finished_at limit ${runsAtOnce}`,
  );
  for (const { company_id, id } of runs) await settleDeadRun(contextFor(company_id), id);
  return runs.length;
}

/** The event's id is the run's, so that it counts once; a run that died takes no result any more. */
async function settleDeadRun(ctx: Ctx, runId: string): Promise<void> {
  const { companyId } = ctx.db;
  const { with: parts, activity } = costParts(companyId);
  const tokens = (key: string) => sql`coalesce((r.usage_json ->> ${sql.raw(`'${key}'`)})::bigint, 0)`;
  const counts = {
    input: tokens("inputTokens"),
    cached: tokens("cachedInputTokens"),
    output: tokens("outputTokens"),
  };
  const byTokens = estimatedCents(sql`'unknown'`, sql`a.adapter_config ->> 'model'`, sql`r.finished_at`, counts);
  const { rows } = await mutate<typeof schema.costEvents, { isNear: boolean }>(ctx, schema.costEvents, {
    before: lockAgentOfRun(companyId, runId),
    with: {
      prices: pricesCte(companyId),
      dead: sql`
        select r.*, coalesce(a.adapter_config ->> 'model', 'unknown') as model,
          case when r.usage_json is not null then ${byTokens} end as by_tokens, usual_run_cents(r.company_id, r.agent_id) as usual
        from heartbeat_runs r join agents a on a.company_id = r.company_id and a.id = r.agent_id
        where r.company_id = ${companyId}::uuid and r.id = ${runId}::uuid and r.status in ('lost', 'timed_out') and r.cost_basis is null
        for no key update of r`,
      cost_input: sql`
        select r.id, r.agent_id, r.issue_id, i.project_id, i.goal_id, r.id as heartbeat_run_id, i.billing_code, 'unknown' as provider,
          null::text as biller, null::text as billing_type, r.model, ${counts.input} as input_tokens, ${counts.cached} as cached_input_tokens,
          ${counts.output} as output_tokens, greatest(coalesce(r.by_tokens, r.usual, 0) - r.cost_cents, 0)::numeric(20, 6) as cost_cents,
          r.finished_at as occurred_at,
          case when coalesce(r.by_tokens, r.usual) is null then 'unaccounted' else 'estimated' end::cost_basis as basis,
          case when r.by_tokens is not null then 'The run died: tokens it had shown by the model''s price'
            when r.usual is not null then 'The run died: what the agent''s runs cost in the middle'
            else 'The run died and nothing tells what it cost' end as basis_note, null::uuid as corrects_event_id
        from dead r left join issues i on i.company_id = r.company_id and i.id = r.issue_id`,
      ...parts,
    },
    activity,
    select: sql`select cost_added.*, exists (select 1 from budget_near) as is_near from cost_added`,
  });
  if (rows[0]?.isNear) ctx.ports.afterwards(() => judgeSharedBudgets(ctx));
}
