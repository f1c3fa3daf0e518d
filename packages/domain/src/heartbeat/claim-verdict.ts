import { type SQL, sql } from "drizzle-orm";
import { takesRun } from "../runners/takes-run.ts";
import { isOnHold } from "../tree-holds/hold-gate.ts";
import { issueIsUnfinalized, waitsForFinalize } from "../workspaces/barrier.ts";
import { dailyCap } from "./daily-caps.ts";
import { stateRefusal } from "./gates.ts";
import { needsRunner, statesBefore } from "./run-guards.ts";

/** What came of a claim: `claimed`, one that only waits, or the reason for which the wake was skipped. */
export type ClaimVerdict = "claimed" | "not_queued" | "not_yet" | WaitReason | (string & {});

/** Verdicts with which a run stays queued until it can go, each with what it waits for. */
export const waitSentences = {
  concurrency: "The agent is at its limit of runs at a time.",
  company_concurrency: "The company is at its limit of runs at a time.",
  task_running: "Another run of the agent works on the same task.",
  issue_held: "Another agent's run holds the issue.",
  storm_breaker: "The last runs changed nothing, so agents' wakes for this task wait a while.",
  daily_runs: "The agent used up its runs of today.",
  daily_cost: "The agent used up its cost of today.",
  budget_reserved: "What is left of a budget is set aside for runs that run already.",
  workspace_finalizing: "The work that this one builds on is not finalized yet.",
  subtree_held: "The board paused this issue, or one above it.",
  runner: "Waits for a runner.",
} as const;
export type WaitReason = keyof typeof waitSentences;

const waitReasons = sql.raw(
  `(${Object.keys(waitSentences)
    .map((reason) => `'${reason}'`)
    .join(", ")})`,
);
/** Whether a verdict lets the run wait. */
export const waits = (verdict: SQL): SQL => sql`${verdict} in ${waitReasons}`;

/** People and colleagues may ask about what is closed, held or blocked. */
const isConversation = sql`(w.reason in ('issue_commented', 'issue_mentioned') or coalesce(w.payload ? 'commentId', false))`;

const isBlocked = sql`exists (
  select 1 from issue_blockers b join issues k on k.company_id = b.company_id and k.id = b.blocked_by_issue_id
  where b.company_id = run.company_id and b.issue_id = run.issue_id and k.status <> 'done')`;

/** Its agent may have done the work, and closed the issue, before its answer was lost. A runner renews before it begins. */
const mayHaveAnswered = sql`(coalesce(run.error_code = 'no_answer', false) and not ${needsRunner})`;

/** A closed issue whose work was not finalized may be run again for that alone: after a crash, or when the board says so. */
const mayFinalize = sql`(w.reason in ('run_lost', 'run_failed', 'run_now') and ${issueIsUnfinalized("i")})`;

const hasWork = sql`exists (
  select 1 from issues t where t.company_id = run.company_id and t.assignee_agent_id = run.agent_id
    and t.status in ('todo', 'in_progress', 'in_review') and not ${isOnHold("t")})`;

const othersOfAgent = sql`from heartbeat_runs o where o.company_id = run.company_id and o.agent_id = run.agent_id and o.status = 'running'`;
const othersOfCompany = sql`from heartbeat_runs o where o.company_id = run.company_id and o.status = 'running'`;
const holder = sql`from heartbeat_runs h where h.company_id = i.company_id and h.id = i.checkout_run_id and h.status = 'running'
  and h.lease_expires_at > now() and h.id <> run.id`;

/**
 * Judges a queued run: over the aliases run, a (its agent), c (company), w (wake), i (issue), s (session of the task), budget
 * (the `room` that its budgets leave). Gates that
 * end the wake come first, in the order in which a person would name them; then those for which it waits, the runner last: one
 * that is told of work finds nothing else in its way.
 * @param runnerId who would run it; null is Boardroom itself
 */
export const claimVerdict = (runnerId: string | null): SQL => sql`case
  when run.status not in ${statesBefore("claim")} then 'not_queued'
  when run.available_at > now() + interval '250 milliseconds' then 'not_yet'
  when ${stateRefusal} is not null then ${stateRefusal}
  when budget.room ->> 'reason' <> 'budget_reserved' then budget.room ->> 'reason'
  when i.status in ('done', 'cancelled') and not ${mayHaveAnswered} and not ${isConversation} and not ${mayFinalize} then 'issue_closed'
  when w.source = 'assignment' and i.id is not null and not ${isConversation} and i.assignee_agent_id is distinct from run.agent_id then 'issue_reassigned'
  when w.source = 'timer' and not ${hasWork} then 'no_work'
  when w.source <> 'on_demand' and not ${isConversation} and ${isBlocked} then 'issue_blocked'
  when ${isOnHold("i")} then 'subtree_held'
  when ${waitsForFinalize} then 'workspace_finalizing'
  when exists (select 1 from wakes k, (select o.wake_id ${othersOfAgent}) o
    where k.company_id = run.company_id and k.id = o.wake_id and k.task_key = w.task_key) then 'task_running'
  when w.reason <> 'issue_mentioned' and exists (select 1 ${holder}) then 'issue_held'
  when (select count(*) ${othersOfAgent}) >= coalesce((a.runtime_config #>> '{heartbeat,maxConcurrentRuns}')::int, 1) then 'concurrency'
  when c.max_concurrent_runs is not null and (select count(*) ${othersOfCompany}) >= c.max_concurrent_runs then 'company_concurrency'
  when s.quiet_until > now() and w.parent_run_id is not null and w.reason not in ('run_lost', 'run_failed') then 'storm_breaker'
  when ${dailyCap} is not null then ${dailyCap}
  when budget.room is not null then 'budget_reserved'
  when ${needsRunner} and not ${runnerId === null ? sql`false` : takesRun(runnerId)} then 'runner'
  when not ${needsRunner} and ${runnerId !== null} then 'not_yet'
  else 'claimed' end`;

/** How many runs of the agent wait before this one, as far as it matters. */
const ahead = sql`(select count(*) from (
  select 1 from heartbeat_runs q where q.company_id = run.company_id and q.agent_id = run.agent_id and q.status = 'queued' and q.id < run.id limit 50) x)`;

/**
 * When a waiting run is looked at again if nothing frees it before: when a lease ends that holds it up, later the more wait
 * before it; for a cap at midnight UTC, not all in the same second. Over the same aliases and the verdict.
 */
export const waitUntil = (verdict: SQL): SQL => sql`case ${verdict}
  when 'runner' then run.available_at
  when 'workspace_finalizing' then now() + interval '10 minutes'
  when 'subtree_held' then now() + interval '10 minutes'
  when 'storm_breaker' then s.quiet_until
  when 'issue_held' then (select h.lease_expires_at ${holder}) + interval '1 second'
  when 'daily_runs' then date_trunc('day', now(), 'UTC') + interval '1 day' + random() * interval '5 minutes'
  when 'daily_cost' then date_trunc('day', now(), 'UTC') + interval '1 day' + random() * interval '5 minutes'
  when 'budget_reserved' then greatest(now() + interval '1 second', (select min(o.lease_expires_at) ${othersOfCompany})) + random() * interval '30 seconds'
  when 'company_concurrency' then greatest(now() + interval '1 second', (select min(o.lease_expires_at) ${othersOfCompany})) + random() * interval '30 seconds'
  else greatest(now() + interval '1 second', (select min(o.lease_expires_at) ${othersOfAgent})) + ${ahead} * interval '12 seconds' end`;
