import type { RunResult } from "@boardroom/contract";
import type { Mutation } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { costParts } from "../money/cost-parts.ts";

/**
 * The cost that a run's result states, as a change after the run was finished. The event's id is the run's, so it counts
 * once however often the result comes; nothing counts unless this very transaction ended the run, under this fence.
 */
export function resultCost(
  ctx: Ctx,
  runId: string,
  fence: number,
  { costUsd, usage, provider, model }: RunResult,
): Mutation {
  const { companyId } = ctx.db;
  const { with: parts, activity } = costParts(companyId, { updateRun: true });
  return {
    with: {
      cost_input: sql`
        select r.id, r.agent_id, r.issue_id, i.project_id, i.goal_id, r.id as heartbeat_run_id, i.billing_code,
          ${provider ?? "unknown"}::text as provider, null::text as biller, null::text as billing_type, ${model ?? "unknown"}::text as model,
          ${usage?.inputTokens ?? 0}::bigint as input_tokens, ${usage?.cachedInputTokens ?? 0}::bigint as cached_input_tokens,
          ${usage?.outputTokens ?? 0}::bigint as output_tokens, ${(costUsd ?? 0) * 100}::numeric(20, 6) as cost_cents, now() as occurred_at
        from heartbeat_runs r left join issues i on i.company_id = r.company_id and i.id = r.issue_id
        where r.company_id = ${companyId}::uuid and r.id = ${runId}::uuid and r.fence = ${fence}::bigint
          and r.status in ('succeeded', 'failed', 'cancelled', 'timed_out') and r.finished_at = now()`,
      ...parts,
    },
    activity,
    select: sql`select 1 from cost_added`,
  };
}
