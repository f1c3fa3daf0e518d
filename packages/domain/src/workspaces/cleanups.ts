import { type SQL, sql } from "drizzle-orm";

const mostAtOnce = 20;

/**
 * The worktrees that a runner is to remove, as a jsonb array of `{executionWorkspaceId, cwd, branch, path, repoUrl}`: of closed
 * issues, finalized, and nobody works in them.
 */
export const cleanupsOf = (companyId: string, runnerId: string): SQL => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('executionWorkspaceId', x.id, 'cwd', x.cwd, 'branch', x.branch, 'path', x.path, 'repoUrl', x.repo_url)), '[]')
  from (
    select e.id, e.cwd, e.branch, p.path, p.repo_url from execution_workspaces e
    join project_workspaces p on p.company_id = e.company_id and p.id = e.project_workspace_id
    join issues i on i.company_id = e.company_id and i.id = e.issue_id
    where e.company_id = ${companyId}::uuid and e.runner_id = ${runnerId}::uuid and e.status = 'finalized' and e.mode = 'worktree'
      and e.cwd is not null and p.cleanup_policy = 'on_issue_closed' and i.status in ('done', 'cancelled') and not ${isUsed("e")}
    order by e.id limit ${mostAtOnce}) x)`;

/** Whether a run works in the row `workspace`, or is about to. */
export const isUsed = (workspace: string): SQL<boolean> => sql<boolean>`exists (
  select 1 from heartbeat_runs u where u.company_id = ${sql.identifier(workspace)}.company_id and u.status in ('queued', 'running')
    and u.execution_workspace_id = ${sql.identifier(workspace)}.id)`;
