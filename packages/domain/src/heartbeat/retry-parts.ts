import type { RunResult } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { retryPolicy } from "./limits.ts";
import { retryDelay } from "./run-guards.ts";

/**
 * CTEs that try a failed run's task again by a new run, as its family of failures says: `retry_wake`, merged into the open wake
 * of that task where there is one, and `retry_run`. A failure without a family, or one of configuration, is not tried again.
 * @param ended a CTE of the one ended run, with its columns and `cancel_requested_at`
 */
export function retryParts(ended: string, result: RunResult): Record<"retry_wake" | "retry_run", SQL> {
  const family = result.status === "failed" ? result.errorFamily : null;
  const policy = family === "transient" || family === "quota" ? family : null;
  const delay = policy ? retryDelay(policy, sql`e.retry_number`, result.retryAfterSec ?? 0) : sql`0`;
  return {
    retry_wake: sql`
      insert into wakes as w (company_id, agent_id, source, reason, trigger_detail, task_key, issue_id, payload, parent_run_id, run_id, hop)
      select e.company_id, e.agent_id, 'automation', 'run_failed', e.error_code, p.task_key, e.issue_id, p.payload, e.id, uuidv7(), p.hop
      from ${sql.identifier(ended)} e join wakes p on p.company_id = e.company_id and p.id = e.wake_id
      where ${policy !== null} and e.cancel_requested_at is null and e.retry_number < ${policy ? retryPolicy[policy].maxRetries : 0}
      on conflict (company_id, agent_id, task_key) where status = 'open' do update set coalesced_count = w.coalesced_count + 1
      returning w.*, (w.coalesced_count = 0) as is_new`,
    retry_run: sql`
      insert into heartbeat_runs (company_id, id, agent_id, wake_id, issue_id, invocation_source, trigger_detail, retry_of_run_id, retry_number, available_at)
      select k.company_id, k.run_id, k.agent_id, k.id, k.issue_id, k.source, k.trigger_detail, e.id, e.retry_number + 1,
        now() + make_interval(secs => ${delay})
      from retry_wake k, ${sql.identifier(ended)} e where k.is_new
      returning company_id, id, greatest(0, extract(epoch from available_at - now()) * 1000)::int as delay_ms`,
  };
}
