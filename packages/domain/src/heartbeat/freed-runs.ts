import { type SQL, sql } from "drizzle-orm";

/**
 * At most so many are let go for each end. More may be able to go than there are places: whoever is let go and doesn't take
 * its place leaves it to the next one; see `passedOn`.
 */
const freedAtOnce = 5;
/** Those that wait for one issue don't stand in each other's way. */
const freedByIssue = 20;
/** A cap that was raised may have place for many; what more there is goes as they end. */
const freedByCap = 200;

/**
 * A CTE that lets runs go which waited for what has just ended: of the same agent, for the issues it held, and for the
 * company's limit. Oldest first. Those that somebody claims this very moment are left alone.
 * @param ended a CTE of ended runs, with `company_id`, `id`, `agent_id`
 * @param released a CTE of issues that they no longer hold, with `company_id` and `id`
 */
export const freedRuns = (ended: string, released: string): SQL =>
  letGo(ofAgents(rowsOf(ended)), ofCompanies(rowsOf(ended)), ofBudgets(rowsOf(ended)), ofIssues(rowsOf(released)));

/** A CTE that lets runs go which waited for issues that nobody holds any more. @param released a CTE with `company_id` and `id` */
export const runsOfIssues = (released: string): SQL => letGo(ofIssues(rowsOf(released)));

/**
 * A CTE for runs that were let go and then didn't take what they had waited for: the next of those that wait for the same.
 * Each comes out of another wait than it went in, so this ends.
 * @param leaving a CTE of such runs, with `company_id`, `id`, `agent_id`, `issue_id` and what they `waited_for`
 */
export const passedOn = (leaving: string): SQL => {
  const itself = sql`select company_id, id from ${sql.identifier(leaving)}`;
  const those = (reasons: SQL, id: SQL) =>
    sql`(select company_id, ${id} as id, agent_id from ${sql.identifier(leaving)} where waited_for in (${reasons}))`;
  const waiters = [
    ofAgents(those(sql`'concurrency', 'task_running'`, sql`id`)),
    ofCompanies(those(sql`'company_concurrency'`, sql`id`)),
    ofBudgets(those(sql`'budget_reserved'`, sql`id`)),
    ofIssues(those(sql`'issue_held'`, sql`issue_id`)),
  ];
  return letGo(...waiters.map((each) => sql`(${each} except ${itself})`));
};

const rowsOf = (cte: string): SQL => sql`${sql.identifier(cte)}`;

const letGo = (...waiters: SQL[]): SQL => sql`
  update heartbeat_runs r set available_at = now(), updated_at = now() from (
    select q.company_id, q.id from heartbeat_runs q
    where q.status = 'queued' and (q.company_id, q.id) in (${sql.join(waiters, sql` union all `)})
    for update of q skip locked) freed
  where r.company_id = freed.company_id and r.id = freed.id
  returning r.company_id, r.id`;

const waits = sql`w.status = 'queued' and w.available_at > now()`;

/** Another run of its agent works on the task of the run `w`; the ended ones look as if they ran still. */
const isTaskBusy = (ended: SQL): SQL => sql`exists (
  select 1 from heartbeat_runs o join wakes k on k.company_id = o.company_id and k.id = o.wake_id
  where o.company_id = w.company_id and o.agent_id = w.agent_id and o.status = 'running' and o.id not in (select x.id from ${ended} x)
    and k.task_key = (select task_key from wakes t where t.company_id = w.company_id and t.id = w.wake_id))`;

const ofAgents = (ended: SQL): SQL => sql`(
  select f.company_id, f.id from (select company_id, agent_id, count(*) as places from ${ended} e group by company_id, agent_id) e
  cross join lateral (
    select w.company_id, w.id from heartbeat_runs w
    where w.company_id = e.company_id and w.agent_id = e.agent_id and ${waits}
      and w.wait_reason in ('concurrency', 'task_running') and not ${isTaskBusy(ended)}
    order by w.id limit ${freedAtOnce} + e.places) f)`;

const ofCompanies = (ended: SQL): SQL => sql`(
  select f.company_id, f.id from (
    select e.company_id, count(*) as places from ${ended} e join companies c on c.id = e.company_id and c.max_concurrent_runs is not null
    group by e.company_id) e
  cross join lateral (
    select w.company_id, w.id from heartbeat_runs w
    where w.company_id = e.company_id and ${waits} and w.wait_reason = 'company_concurrency'
      and not ${isTaskBusy(ended)}
    order by w.id limit ${freedAtOnce} + e.places) f)`;

/** What an ended run had set aside may be another one's now. */
const ofBudgets = (ended: SQL): SQL => sql`(
  select f.company_id, f.id from (
    select e.company_id, count(*) as places from ${ended} e
    where exists (select 1 from budget_policies p where p.company_id = e.company_id and p.hard_stop and p.amount_cents is not null)
    group by e.company_id) e
  cross join lateral (
    select w.company_id, w.id from heartbeat_runs w
    where w.company_id = e.company_id and ${waits} and w.wait_reason = 'budget_reserved'
    order by w.id limit ${freedAtOnce} + e.places) f)`;

const ofIssues = (released: SQL): SQL => sql`(
  select f.company_id, f.id from (select distinct company_id, id from ${released} i) i
  cross join lateral (
    select w.company_id, w.id from heartbeat_runs w
    where w.company_id = i.company_id and w.issue_id = i.id and ${waits} and w.wait_reason = 'issue_held'
    order by w.id limit ${freedByIssue}) f)`;

/** A CTE that lets the runs of agents in another CTE go which wait for a place or for tomorrow: their caps have changed. */
export const runsUnderCaps = (agents: string): SQL =>
  letGo(sql`(
    select w.company_id, w.id from ${sql.identifier(agents)} a join heartbeat_runs w on w.company_id = a.company_id and w.agent_id = a.id
    where ${waits} and w.wait_reason in ('concurrency', 'daily_runs', 'daily_cost') order by w.id limit ${freedByCap})`);

/** The same for what waits for a place of the company in another CTE. */
export const runsUnderLimit = (company: string): SQL =>
  letGo(sql`(
    select w.company_id, w.id from ${sql.identifier(company)} c join heartbeat_runs w on w.company_id = c.id
    where ${waits} and w.wait_reason = 'company_concurrency' order by w.id limit ${freedByCap})`);

/** The same for what waits for room in a budget of the company in another CTE: the budget was changed. */
export const runsUnderBudget = (company: string): SQL =>
  letGo(sql`(
    select w.company_id, w.id from ${sql.identifier(company)} c join heartbeat_runs w on w.company_id = c.company_id
    where ${waits} and w.wait_reason = 'budget_reserved' order by w.id limit ${freedByCap})`);
