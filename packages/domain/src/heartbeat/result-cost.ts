import type { RunResult } from "@boardroom/contract";
import type { Mutation } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { costParts } from "../money/cost-parts.ts";
import { usageCents } from "../money/usage-cents.ts";
import { estimateNote, unknownNote } from "../money/write-costs.ts";

/**
 * The cost of a run's result, as a change after the run was finished. The event's id is the run's, so it counts once however
 * often the result comes; nothing counts unless this very transaction ended the run, under this fence. A result that states
 * tokens and no money is estimated by the model's price, unless the run reported costs of its own before.
 */
export function resultCost(ctx: Ctx, runId: string, fence: number, result: RunResult): Mutation {
  const { companyId } = ctx.db;
  const { costUsd, usage, provider, model } = result;
  const { with: parts, activity } = costParts(companyId);
  const isStated = costUsd !== undefined && costUsd !== null;
  const estimate = usageCents(companyId, isStated ? {} : { usage, provider, model });
  return {
    with: {
      cost_input: sql`
        with ${estimate.prices} ended as (
          select r.*, a.adapter_config, exists (
            select 1 from cost_events e where e.company_id = r.company_id and e.heartbeat_run_id = r.id) as has_events
          from heartbeat_runs r join agents a on a.company_id = r.company_id and a.id = r.agent_id
          where r.company_id = ${companyId}::uuid and r.id = ${runId}::uuid and r.fence = ${fence}::bigint
            and r.status in ('succeeded', 'failed', 'cancelled', 'timed_out') and r.finished_at = now()),
        judged as (
          select a.*, case when ${isStated} then 'reported' when a.has_events then 'reported' when c.cents is null then 'unaccounted'
              else 'estimated' end::cost_basis as basis,
            case when ${isStated} then ${(costUsd ?? 0) * 100}::numeric when a.has_events then 0 else coalesce(c.cents, 0) end as cents
          from ended a cross join lateral (select ${estimate.cents} as cents offset 0) c)
        select r.id, r.agent_id, r.issue_id, i.project_id, i.goal_id, r.id as heartbeat_run_id, i.billing_code,
          ${provider ?? "unknown"}::text as provider, null::text as biller, null::text as billing_type,
          coalesce(${model ?? null}::text, r.adapter_config ->> 'model', 'unknown') as model,
          ${usage?.inputTokens ?? 0}::bigint as input_tokens, ${usage?.cachedInputTokens ?? 0}::bigint as cached_input_tokens,
          ${usage?.outputTokens ?? 0}::bigint as output_tokens, r.cents::numeric(20, 6) as cost_cents, now() as occurred_at, r.basis,
          case r.basis when 'estimated' then ${estimateNote} when 'unaccounted' then ${unknownNote} end as basis_note,
          null::uuid as corrects_event_id
        from judged r left join issues i on i.company_id = r.company_id and i.id = r.issue_id`,
      ...parts,
    },
    activity,
    select: sql`select 1 from cost_added`,
  };
}
