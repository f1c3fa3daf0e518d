import { type SQL, sql } from "drizzle-orm";

/**
 * Whether the row `alias` of execution_workspaces was given out and never begun: its claim's answer got lost, or its machine
 * died before the first renewal, and the run went elsewhere or nowhere. There is no work in it.
 */
export const isNeverBegun = (alias: string): SQL<boolean> => {
  const e = sql.identifier(alias);
  return sql<boolean>`(${e}.status = 'preparing'
    and not exists (select 1 from workspace_operations o where o.company_id = ${e}.company_id and o.execution_workspace_id = ${e}.id)
    and not exists (select 1 from heartbeat_runs u where u.company_id = ${e}.company_id and u.issue_id = ${e}.issue_id
      and u.execution_workspace_id = ${e}.id and (u.status = 'running' or u.acknowledged_at is not null)))`;
};

/** Whether the row `alias` of execution_workspaces holds work that was not finalized, by a run that works or one that died. */
export const isUnfinalized = (alias: string): SQL<boolean> =>
  sql<boolean>`(${sql.identifier(alias)}.status not in ('finalized', 'removed') and not ${isNeverBegun(alias)})`;

/** The issues whose workspaces have to be finalized before the run `run` of the wake `w`; what was cancelled is given up. */
const issuesBefore = (run: string, wake: string): SQL => {
  const [r, w] = [sql.identifier(run), sql.identifier(wake)];
  return sql`(
    select b.blocked_by_issue_id from issue_blockers b where b.company_id = ${r}.company_id and b.issue_id = ${r}.issue_id
    union all
    select k.id from issues k where k.company_id = ${r}.company_id and k.parent_id = ${r}.issue_id
      and k.status <> 'cancelled' and (${w}.reason = 'issue_children_completed' or coalesce(${w}.payload ? 'children', false)))`;
};

/** Whether a queued run has to wait for a workspace: over the aliases run and w. What the board asks for goes at once. */
export const waitsForFinalize: SQL<boolean> = sql<boolean>`(w.source <> 'on_demand' and exists (
  select 1 from execution_workspaces e
  where e.company_id = run.company_id and e.issue_id in ${issuesBefore("run", "w")} and ${isUnfinalized("e")}))`;

/** Whether the issue `issue` has such a workspace. */
export const issueIsUnfinalized = (issue: string): SQL<boolean> => sql<boolean>`exists (
  select 1 from execution_workspaces e where e.company_id = ${sql.identifier(issue)}.company_id
    and e.issue_id = ${sql.identifier(issue)}.id and ${isUnfinalized("e")})`;

/**
 * Keeps the workspaces that a run waits for as they are until its claim is through, as a `before` of it: who finalizes one of
 * them then sees that the run waits, or the claim sees that it need not.
 */
export const lockWorkspacesBefore = (companyId: string, runId: string): SQL => sql`
  select 1 from execution_workspaces e
  where e.company_id = ${companyId}::uuid and ${isUnfinalized("e")} and e.issue_id in (
    select x.id from heartbeat_runs r join wakes w on w.company_id = r.company_id and w.id = r.wake_id
    cross join lateral (select * from ${issuesBefore("r", "w")} b (id)) x
    where r.company_id = ${companyId}::uuid and r.id = ${runId}::uuid)
  order by e.id for share of e`;

/**
 * A CTE that lets the runs go which waited for a workspace that is finalized or gone now.
 * @param released a CTE of such workspaces, with `company_id` and `issue_id`
 */
export const runsBehind = (released: string): SQL => sql`
  update heartbeat_runs r set available_at = now(), updated_at = now() from (
    select q.company_id, q.id from ${sql.identifier(released)} e
    join heartbeat_runs q on q.company_id = e.company_id and q.status = 'queued' and q.wait_reason = 'workspace_finalizing'
      and q.available_at > now() and q.issue_id in (
        select b.issue_id from issue_blockers b where b.company_id = e.company_id and b.blocked_by_issue_id = e.issue_id
        union all
        select i.parent_id from issues i where i.company_id = e.company_id and i.id = e.issue_id)
    for update of q skip locked) waiting
  where r.company_id = waiting.company_id and r.id = waiting.id
  returning r.company_id, r.id`;
