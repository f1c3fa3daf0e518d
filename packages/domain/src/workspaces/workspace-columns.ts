import type { ExecutionWorkspaceStatus } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { isNeverBegun } from "./barrier.ts";
import { isUsed } from "./cleanups.ts";

/** What a workspace shows beside its own columns; the state may say more than the stored one. */
export interface WorkspaceExtras {
  status: ExecutionWorkspaceStatus;
  error: string | null;
  issueIdentifier: string;
  agentName: string;
  runnerName: string | null;
}

/** The names that the row `workspace` is shown with. */
export const namesOf = (workspace: string): SQL => {
  const e = sql.identifier(workspace);
  return sql`
    (select i.identifier from issues i where i.company_id = ${e}.company_id and i.id = ${e}.issue_id) as issue_identifier,
    (select a.name from agents a where a.company_id = ${e}.company_id and a.id = ${e}.agent_id) as agent_name,
    (select r.name from runners r where r.company_id = ${e}.company_id and r.id = ${e}.runner_id) as runner_name`;
};

const isLeft = sql`(e.status in ('preparing', 'active', 'finalizing') and not ${isUsed("e")} and not ${isNeverBegun("e")})`;

/** The state of the alias `e`: one whose run ended before it was finalized has failed; one that no run began isn't there. */
const shownStatus: SQL = sql`case when ${isLeft} then 'failed' when ${isNeverBegun("e")} and not ${isUsed("e")} then 'removed'
  else e.status end::execution_workspace_status`;

/** Execution workspaces as they are shown, as the right side of `from`. */
export const shownWorkspaces = (where: SQL): SQL => sql`(
  select e.company_id, e.id, e.project_id, e.project_workspace_id, e.issue_id, e.agent_id, e.runner_id, e.mode, ${shownStatus} as status, e.cwd,
    e.branch, e.base_ref, e.repo_url, case when ${isLeft} then 'Its run ended before the workspace was finalized.' else e.error end as error,
    e.finalized_at, e.removed_at, e.created_at, e.updated_at, ${namesOf("e")}
  from execution_workspaces e where ${where}) shown`;
