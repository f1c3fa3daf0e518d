import type pg from "pg";

export interface Finding {
  rule: string;
  companyId: string;
  /** The id of what breaks the rule. */
  subject: string;
  detail: string;
}

export interface AuditOptions {
  /** Only these companies; all when left out. */
  companyIds?: readonly string[];
  /** Nothing moves any more: then no lease may be over, and nobody may still wait. */
  atRest?: boolean;
}

/** Each rule as a query of what breaks it: company, subject, detail. They hold at every instant, whatever was interrupted. */
const rules: Record<string, string> = {
  wake_without_outcome: `
    select w.company_id, w.id, concat_ws(' ', w.status, w.skip_reason, 'with run', r.status) from audited_wakes w
    left join heartbeat_runs r on r.company_id = w.company_id and r.id = w.run_id
    where not coalesce(case w.status
      when 'open' then r.status = 'queued' and w.resolved_at is null
      when 'claimed' then r.status in ('queued', 'running') and w.resolved_at is null
      when 'done' then r.status not in ('queued', 'running') and w.resolved_at is not null
      when 'skipped' then w.skip_reason is not null and w.resolved_at is not null and (r.id is null or r.status = 'cancelled')
      end, false)`,
  run_without_wake: `
    select r.company_id, r.id, concat_ws(' ', r.status, 'of wake', w.status) from audited_runs r
    left join wakes w on w.company_id = r.company_id and w.id = r.wake_id
    where w.run_id is distinct from r.id or not (case r.status
      when 'queued' then w.status in ('open', 'claimed') when 'running' then w.status = 'claimed' else w.status in ('done', 'skipped') end)`,
  lease_without_run: `
    select company_id, id, concat_ws(' ', status, 'lease', lease_expires_at, 'fence', fence) from audited_runs
    where (status = 'running') <> (lease_expires_at is not null) or (status = 'running' and fence is null)
      or (status in ('queued', 'running')) <> (finished_at is null)`,
  lock_of_ended_run: `
    select i.company_id, i.id, concat_ws(' ', i.status, 'held by a run', r.status) from issues i join audited a on a.id = i.company_id
    left join heartbeat_runs r on r.company_id = i.company_id and r.id = i.checkout_run_id
    where i.checkout_run_id is not null and (r.status is distinct from 'running' or r.agent_id is distinct from i.assignee_agent_id)`,
  fence_went_back: `
    select company_id, run_id, concat('fence ', fence, ' after ', earlier) from (
      select *, lag(fence) over (partition by company_id, run_id order by seq) as earlier from audited_starts) s where fence <= earlier`,
  fence_given_twice: `
    select min(company_id::text)::uuid, min(run_id::text)::uuid, concat('fence ', fence) from audited_starts group by fence having count(*) > 1`,
  attempts_differ_from_log: `
    select r.company_id, r.id, concat(r.attempt, ' attempts, ', coalesce(s.starts, 0), ' started, fence ', r.fence, ', logged ', s.fence)
    from audited_runs r left join (
      select company_id, run_id, count(*) as starts, max(fence) as fence from audited_starts group by 1, 2) s
      on s.company_id = r.company_id and s.run_id = r.id
    where r.attempt <> coalesce(s.starts, 0) or r.fence is distinct from s.fence`,
  ended_not_once: `
    select r.company_id, r.id, concat(r.status, ' with ', coalesce(e.ends, 0), ' ends in the log') from audited_runs r left join (
      select l.company_id, l.entity_id::uuid as run_id, count(*) as ends from activity_log l join audited a on a.id = l.company_id
      where l.entity_type = 'run' and (l.action in ('run.succeeded', 'run.failed', 'run.cancelled', 'run.timed_out', 'run.lost', 'wake.skipped')
        or (l.action = 'run.cancel_requested' and l.details ->> 'status' = 'cancelled'))
      group by 1, 2) e on e.company_id = r.company_id and e.run_id = r.id
    where coalesce(e.ends, 0) <> case when r.status in ('queued', 'running') then 0 else 1 end`,
  result_of_older_fence: `
    select company_id, id, concat(result_json ->> 'summary', ' ended fence ', fence) from audited_runs
    where result_json ->> 'summary' ~ '^fence [0-9]+$' and result_json ->> 'summary' <> 'fence ' || fence`,
  effect_twice: `
    select c.company_id, c.issue_id, concat(count(*), ' times ', c.body) from comments c join audited a on a.id = c.company_id
    where c.run_id is not null group by c.company_id, c.issue_id, c.run_id, c.body having count(*) > 1`,
  too_many_at_once: `
    select r.company_id, r.agent_id, concat(count(*), ' running at once') from audited_runs r
    join agents a on a.company_id = r.company_id and a.id = r.agent_id where r.status = 'running' group by r.company_id, r.agent_id
    having count(*) > max(coalesce((a.runtime_config #>> '{heartbeat,maxConcurrentRuns}')::int, 1))`,
  task_run_twice_at_once: `
    select r.company_id, r.agent_id, concat(count(*), ' running for ', w.task_key) from audited_runs r
    join wakes w on w.company_id = r.company_id and w.id = r.wake_id where r.status = 'running'
    group by r.company_id, r.agent_id, w.task_key having count(*) > 1`,
  agent_status_differs: `
    select a.company_id, a.id, concat(a.status, ' with ', count(r.id), ' running') from agents a join audited c on c.id = a.company_id
    left join heartbeat_runs r on r.company_id = a.company_id and r.agent_id = a.id and r.status = 'running'
    where a.status in ('idle', 'running') group by a.company_id, a.id, a.status having (a.status = 'running') <> (count(r.id) > 0)`,
  retried_twice: `
    select company_id, retry_of_run_id, concat(count(*), ' retries of one run') from audited_runs
    where retry_of_run_id is not null group by 1, 2 having count(*) > 1`,
  result_not_paid_once: `
    select r.company_id, r.id, concat('stated ', r.result_json ->> 'costUsd', ' USD, counted ', coalesce(e.cost_cents, 0), ' cents')
    from audited_runs r left join cost_events e on e.company_id = r.company_id and e.id = r.id and e.basis = 'reported'
    where coalesce((r.result_json ->> 'costUsd')::numeric, 0) * 100 <> coalesce(e.cost_cents, 0)`,
  money_differs: `
    select id, id, concat_ws(', ', 'events ' || events, 'spent ' || spent, 'runs ' || runs, 'totals ' || totals) from (
      select a.id, (select coalesce(sum(cost_cents), 0) from cost_events e where e.company_id = a.id) as events,
        (select coalesce(sum(spent_cents), 0) from budget_spend b where b.company_id = a.id and b.scope = 'agent') as spent,
        (select coalesce(sum(cost_cents), 0) from heartbeat_runs r where r.company_id = a.id) as runs,
        (select coalesce(sum(total_cost_cents), 0) from agent_runtime_state s where s.company_id = a.id) as totals from audited a) m
    where events <> spent or events <> runs or events <> totals`,
};

/** What must hold besides once everything had its time. */
const rulesAtRest: Record<string, string> = {
  lease_is_over: `select company_id, id, concat('lease ended ', lease_expires_at) from audited_runs where status = 'running' and lease_expires_at < now()`,
  never_ended: `select company_id, id, concat_ws(' ', status, wait_reason, available_at) from audited_runs where status in ('queued', 'running')`,
  issue_left_behind: `
    select i.company_id, i.id, concat('in progress, its last run ', r.status) from issues i join audited a on a.id = i.company_id
    join lateral (select * from heartbeat_runs r where r.company_id = i.company_id and r.issue_id = i.id order by r.id desc limit 1) r on true
    where i.status = 'in_progress' and i.checkout_run_id is null and r.status <> 'succeeded'`,
};

/**
 * What is broken in the kernel's tables, in one consistent look: empty when every wake has an outcome, nothing was lost,
 * nothing took effect twice, and the money adds up. Shared by all tests of trouble, so that each looks for everything.
 */
export async function auditKernel(
  owner: pg.Pool,
  { companyIds, atRest = false }: AuditOptions = {},
): Promise<Finding[]> {
  const all = Object.entries({ ...rules, ...(atRest && rulesAtRest) });
  const queries = all.map(
    ([rule, query]) => `select '${rule}' as rule, x.* from (${query}) x (company_id, subject, detail)`,
  );
  const { rows } = await owner.query<{ rule: string; company_id: string; subject: string; detail: string }>({
    // For a few companies planning takes twice as long as looking: once named, it is done once.
    name: companyIds && (atRest ? "audit at rest" : "audit"),
    values: [companyIds ?? null],
    text: `with audited as (select id from companies where $1::uuid[] is null or id = any($1)),
      audited_runs as (select r.* from heartbeat_runs r join audited a on a.id = r.company_id),
      audited_wakes as (select w.* from wakes w join audited a on a.id = w.company_id),
      audited_starts as (
        select l.company_id, l.entity_id::uuid as run_id, l.seq, (l.details ->> 'fence')::bigint as fence
        from activity_log l join audited a on a.id = l.company_id where l.action = 'run.started')
    ${queries.join(" union all ")} limit 100`,
  });
  return rows.map(({ rule, company_id, subject, detail }) => ({ rule, companyId: company_id, subject, detail }));
}
