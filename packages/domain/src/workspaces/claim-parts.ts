import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { lockWorkspacesBefore } from "./barrier.ts";
import { freeBranch } from "./branch-name.ts";

/** What a claim locks for the workspace of its run; the last of its `before`. */
export const lockWorkspacesOfRun = (companyId: string, runId: string): SQL[] => [
  lockWorkspacesBefore(companyId, runId),
  // Two runs of one issue must not choose the same branch.
  sql`select pg_advisory_xact_lock(hashtextextended('workspaces' || issue_id::text, 0)) from heartbeat_runs
    where company_id = ${companyId}::uuid and id = ${runId}::uuid and issue_id is not null`,
];

/**
 * The only runner that may work on the row `issue`, or null: the one with the workspace that the issue names, else the one
 * that has its project's.
 */
export const workspaceRunner = (issue: string): SQL => {
  const i = sql.identifier(issue);
  return sql`coalesce(
    (select e.runner_id from execution_workspaces e where e.company_id = ${i}.company_id
      and e.id = (${i}.execution_workspace_settings ->> 'executionWorkspaceId')::uuid),
    (select p.runner_id from project_workspaces p where p.company_id = ${i}.company_id and p.project_id = ${i}.project_id and p.is_primary))`;
};

/**
 * CTEs that give a claimed run its place, between `facts` (id, agent_id, issue_id, verdict) and the claim itself. The issue's own
 * setting wins. Else its assignee goes on where it worked on the same machine; anybody else, and any other machine, gets a
 * worktree and a branch of its own. A run without an issue, or whose project has no workspace, has none.
 * @param runnerId null for runs that Boardroom calls itself: those work where they please
 */
export function workspaceParts(companyId: string, runnerId: string | null): Record<string, SQL> {
  const ofCompany = (alias: string) => sql`${sql.identifier(alias)}.company_id = ${companyId}::uuid`;
  return {
    workspace_wanted: sql`
      select i.company_id, f.id as run_id, f.agent_id, i.id as issue_id, i.identifier, i.title, i.project_id, p.id as project_workspace_id, p.default_branch,
        p.repo_url, e.id as named_id, coalesce((i.execution_workspace_settings ->> 'mode')::workspace_mode, p.mode) as mode,
        i.execution_workspace_settings ->> 'branch' as named_branch
      from facts f
      join issues i on ${ofCompany("i")} and i.id = f.issue_id
      left join execution_workspaces e on ${ofCompany("e")} and e.runner_id = ${runnerId}::uuid
        and e.id = (i.execution_workspace_settings ->> 'executionWorkspaceId')::uuid
      join project_workspaces p on ${ofCompany("p")}
        and case when e.id is null then p.project_id = i.project_id and p.is_primary else p.id = e.project_workspace_id end
      where f.verdict = 'claimed' and ${runnerId !== null}::boolean`,
    workspace_known: sql`
      select e.id, e.agent_id as maker_id, w.agent_id, w.run_id, w.identifier from workspace_wanted w
      join execution_workspaces e on ${ofCompany("e")} and case
        when w.named_id is not null then e.id = w.named_id
        else e.issue_id = w.issue_id and e.project_workspace_id = w.project_workspace_id and e.runner_id = ${runnerId}::uuid and e.mode = w.mode
          and case when w.mode = 'worktree' and w.named_branch is not null then e.branch = w.named_branch else e.agent_id = w.agent_id end end
      order by e.id desc limit 1`,
    // What is safe stays so until the machine begins: a claim may come to nothing.
    workspace_taken: sql`
      update execution_workspaces e set updated_at = now(), error = null,
        status = case when e.status in ('finalized', 'removed') then e.status else 'preparing' end
      from workspace_known k where ${ofCompany("e")} and e.id = k.id
      returning e.*, k.maker_id <> k.agent_id as is_handed_over, k.run_id, k.agent_id as worker_id, k.identifier`,
    workspace_made: sql`
      insert into execution_workspaces (company_id, project_id, project_workspace_id, issue_id, agent_id, runner_id, mode, branch, base_ref, repo_url)
      select ${companyId}::uuid, w.project_id, w.project_workspace_id, w.issue_id, w.agent_id, ${runnerId}::uuid, w.mode,
        case when w.mode = 'worktree' then coalesce(w.named_branch, ${freeBranch("w")}) end, w.default_branch, w.repo_url
      from workspace_wanted w where not exists (select 1 from workspace_known)
      returning *`,
    workspace_begun: sql`select m.*, w.run_id, w.identifier, ${whyAnother} as why from workspace_made m, workspace_wanted w`,
    workspace_handed_over: sql`select * from workspace_taken where is_handed_over`,
    workspace_given: sql`
      select id, mode, cwd, branch, base_ref, project_workspace_id from workspace_made
      union all select id, mode, cwd, branch, base_ref, project_workspace_id from workspace_taken`,
  };
}

/** Why the issue gets one more place, over the aliases m and w; null for its first one. */
const whyAnother: SQL = sql`(
  select case when bool_or(o.agent_id = m.agent_id and o.runner_id = m.runner_id) then 'other_setting'
      when bool_or(o.agent_id = m.agent_id) then 'other_runner' else 'other_assignee' end
  from execution_workspaces o where o.company_id = m.company_id and o.issue_id = m.issue_id having count(*) > 0)`;

/** The place of the claimed run, as the column of the run. */
export const claimedWorkspaceId: SQL = sql`(select g.id from workspace_given g)`;

/** The same as the job tells it: `jobWorkspace` of the contract, or null. */
export const claimedWorkspace: SQL = sql`(
  select jsonb_build_object('executionWorkspaceId', g.id, 'mode', g.mode, 'kind', p.kind, 'path', p.path, 'repoUrl', p.repo_url,
    'baseRef', coalesce(g.base_ref, p.default_branch), 'branch', g.branch, 'cwd', g.cwd)
  from workspace_given g join project_workspaces p on p.company_id = run.company_id and p.id = g.project_workspace_id)`;

/** What the issue's history says of it: nobody gets another's place, or a second one, in silence. */
export const workspaceActivity: ActivityEntry[] = [
  {
    from: "workspace_begun",
    action: "issue.workspace_created",
    entityType: "issue",
    entityId: sql`issue_id`,
    agentId: sql`agent_id`,
    runId: sql`run_id`,
    details: sql`jsonb_build_object('identifier', identifier, 'executionWorkspaceId', id, 'mode', mode, 'branch', branch, 'runnerId', runner_id, 'why', why)`,
  },
  {
    from: "workspace_handed_over",
    action: "issue.workspace_handed_over",
    entityType: "issue",
    entityId: sql`issue_id`,
    agentId: sql`worker_id`,
    runId: sql`run_id`,
    details: sql`jsonb_build_object('identifier', identifier, 'executionWorkspaceId', id, 'branch', branch, 'madeForAgentId', agent_id)`,
  },
];
