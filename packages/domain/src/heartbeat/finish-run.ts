import { BoardroomError, type RunResult } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { moved, wasBefore } from "../issues/issue-changes.ts";
import { hasSharedBudget, judgeSharedBudgets } from "../money/judge-shared-budgets.ts";
import type { DispatchedRun } from "../ports.ts";
import { redact } from "../redaction/index.ts";
import { settleRunLog } from "../run-logs/settle-run-log.ts";
import { type FinalizeState, finalizeFailed, finalizeStateOf, unfinalized } from "../workspaces/finalize-state.ts";
import { leaseLost } from "./executor.ts";
import { freedRuns } from "./freed-runs.ts";
import { lockAgentOfRun } from "./lock-agent-of-run.ts";
import { lockLimitedCompany } from "./lock-limited-company.ts";
import { resultCost } from "./result-cost.ts";
import { retryParts } from "./retry-parts.ts";
import { statesBefore } from "./run-guards.ts";
import { systemEvent } from "./system-event.ts";
import { keepTaskSession } from "./task-session.ts";

export interface FinishInput {
  runId: string;
  fence: number;
  result: RunResult;
  /** The agent's endpoint said that it is gone: the agent goes to `error` until the board resumes it. */
  endpointGone?: boolean;
}
interface Extras {
  finishedNow: boolean;
  /** Of the run's own workspace; null where it has none. */
  finalize: FinalizeState | null;
  nextRuns: { id: string; delayMs: number }[] | null;
  /** Costs of others that end at the same moment count against it, too. */
  hasSharedBudget: boolean;
}
type FinishedRun = Row<typeof schema.heartbeatRuns, Extras>;

/**
 * Ends a running run under its fence and frees what it held, as one statement: its issues, the runs that waited for it, and a
 * new run where the failure is one to try again. Once ended it stays as it is: the same fence again answers the run and
 * changes nothing. A result counts also after the lease, as long as nobody has ended the run: it takes nothing from
 * anybody, and work that is done need not be done again.
 * @throws BoardroomError lease_lost when the run was lost, was given out again or never ran under this fence
 */
export async function finishRun(ctx: Ctx, input: FinishInput): Promise<FinishedRun> {
  const { companyId } = ctx.db;
  const result = withoutSecrets(input.result);
  const ofCaller = ctx.actor.agentId ? sql`and agent_id = ${ctx.actor.agentId}::uuid` : sql``;
  const { rows } = await mutate<typeof schema.heartbeatRuns, Extras>(ctx, schema.heartbeatRuns, {
    before: [lockAgentOfRun(companyId, input.runId), lockLimitedCompany(companyId)],
    with: {
      run: sql`select * from heartbeat_runs where company_id = ${companyId}::uuid and id = ${input.runId}::uuid ${ofCaller} for update`,
      finished: endRun(input.fence, result),
      released: sql`
        update issues i set checkout_run_id = null, execution_run_id = null, execution_locked_at = null, updated_at = now(),
          status = case when finished.status <> 'succeeded' and i.status = 'in_progress' then 'todo' else i.status end
        from finished where i.company_id = finished.company_id and i.checkout_run_id = finished.id
        returning i.company_id, i.id, i.identifier, i.status, i.assignee_agent_id, i.assignee_user_id, ${wasBefore}`,
      wake: sql`
        update wakes w set status = 'done', resolved_at = now() from finished
        where w.company_id = finished.company_id and w.id = finished.wake_id returning w.id`,
      agent: sql`
        update agents a set updated_at = now(), pause_reason = ${input.endpointGone ? "endpoint_gone" : null}::text,
          status = case when ${input.endpointGone ?? false} then 'error'
            when exists (select 1 from heartbeat_runs o where o.company_id = a.company_id and o.agent_id = a.id
              and o.status = 'running' and o.id <> finished.id) then 'running' else 'idle' end::agent_status
        from finished where a.company_id = finished.company_id and a.id = finished.agent_id and a.status = 'running'
        returning a.id`,
      state: sql`
        insert into agent_runtime_state as s (company_id, agent_id, session_id, session_params, last_run_id, last_run_status, last_error, total_runs)
        select company_id, agent_id, session_id_after, ${json(result.sessionParams)}, id, status::text, error, 1 from finished
        on conflict (company_id, agent_id) do update set session_id = coalesce(excluded.session_id, s.session_id),
          session_params = coalesce(excluded.session_params, s.session_params), last_run_id = excluded.last_run_id,
          last_run_status = excluded.last_run_status, last_error = excluded.last_error, total_runs = s.total_runs + 1, updated_at = now()
        returning agent_id`,
      ...retryParts("finished", result),
      session: keepTaskSession("finished", "retry_wake", result),
      freed: freedRuns("finished", "released"),
      noted: systemEvent(
        "finished",
        "finished",
        sql`initcap(replace(status::text, '_', ' ')) || coalesce(': ' || error, ${result.summary ? `: ${result.summary}` : null}, '')`,
      ),
    },
    activity: [
      {
        from: "finished",
        action: sql`'run.' || status`,
        entityType: "run",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        runId: sql`id`,
        details: sql`jsonb_build_object('issueId', issue_id, 'summary', result_json ->> 'summary', 'error', error, 'errorCode', error_code,
          'retryRunId', (select id from retry_run))`,
      },
      {
        from: "released",
        action: "issue.lock_released",
        entityType: "issue",
        entityId: sql`id`,
        runId: sql`${input.runId}::uuid`,
        details: sql`jsonb_build_object('identifier', identifier, 'status', status, 'changes', ${moved})`,
      },
    ],
    select: sql`
      select shown.*, ${finalizeStateOf("shown")} as finalize, exists (select 1 from finished) as finished_now, ${hasSharedBudget(companyId)} as has_shared_budget, (
        select jsonb_agg(jsonb_build_object('id', n.id, 'delayMs', n.delay_ms)) from (
          select id, 0 as delay_ms from freed union all select id, delay_ms from retry_run) n) as next_runs
      from (select * from finished union all select * from run where not exists (select 1 from finished)) shown`,
    ...(hasCost(result) && { after: resultCost(ctx, input.runId, input.fence, result) }),
  });
  const run = rows[0];
  if (!run) throw new BoardroomError("not_found", "No such run.");
  if (run.finalize === "unfinished" && run.status === "running" && result.status === "succeeded") throw unfinalized();
  if (run.fence !== input.fence || !wasEndedByIts(run)) throw leaseLost({ status: run.status });
  if (run.finishedNow) {
    ctx.ports.dispatch((run.nextRuns ?? []).map((next) => toDispatch(companyId, next)));
    settleRunLog(ctx, run);
    if (hasCost(result) && run.hasSharedBudget) ctx.ports.afterwards(() => judgeSharedBudgets(ctx));
  }
  return run;
}

function endRun(fence: number, result: RunResult) {
  const sessionId = result.sessionParams?.sessionId;
  const succeeds = sql`${result.status === "succeeded"}::boolean`;
  const isSpoilt = sql`(${succeeds} and run.finalize = 'failed')`;
  // Told to stop because its time was up, it says that it was cancelled: then it timed out.
  return sql`
    update heartbeat_runs r set finished_at = now(), updated_at = now(), lease_expires_at = null,
      status = case when ${isSpoilt} then 'failed' when ${result.status}::text = 'cancelled' and r.cancel_requested_at >= r.deadline_at then 'timed_out'
        else ${result.status}::text end::run_status,
      error = case when ${isSpoilt} then ${finalizeFailed} else ${result.error ?? null}::text end,
      error_code = case when ${isSpoilt} then 'workspace_finalize_failed' else ${result.errorCode ?? null}::text end,
      error_family = ${result.status === "failed" ? (result.errorFamily ?? null) : null}::text,
      external_run_id = coalesce(${result.externalRunId ?? null}::text, r.external_run_id), exit_code = ${result.exitCode ?? null}::int,
      usage_json = coalesce(${json(result.usage)}, r.usage_json), result_json = ${json(withoutSession(result))},
      session_id_after = ${typeof sessionId === "string" ? sessionId : null}::text
    from (select run.*, ${finalizeStateOf("run")} as finalize from run) run
    where run.status in ${statesBefore("complete")} and run.fence = ${fence}::bigint
      and not (${succeeds} and coalesce(run.finalize = 'unfinished', false)) and r.company_id = run.company_id and r.id = run.id
    returning r.*`;
}

/** A run stays as its executor, or who cancelled it, left it. One that was lost takes no result any more. */
const wasEndedByIts = ({ status, resultJson }: FinishedRun) =>
  status === "cancelled" ||
  ((status === "succeeded" || status === "failed" || status === "timed_out") && resultJson !== null);

const toDispatch = (companyId: string, { id, delayMs }: { id: string; delayMs: number }): DispatchedRun =>
  delayMs > 0 ? { companyId, runId: id, delayMs } : { companyId, runId: id };

/** The session's parameters go back to the agent as they came; what people read holds no secret. */
const withoutSecrets = (result: RunResult): RunResult => ({
  ...result,
  ...(result.summary && { summary: redact(result.summary) }),
  ...(result.error && { error: redact(result.error) }),
});

/** A run is shown to the whole company: what its session holds is kept with the session alone. */
const withoutSession = ({ sessionParams: _, ...shown }: RunResult) => shown;

const json = (value: unknown) =>
  value === undefined || value === null ? sql`null::jsonb` : sql`${JSON.stringify(value)}::jsonb`;
const hasCost = (result: RunResult) => Boolean(result.costUsd || result.usage);
