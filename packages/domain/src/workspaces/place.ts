import { BoardroomError, type ProjectWorkspace } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";

type Place = Partial<Pick<ProjectWorkspace, "kind" | "path" | "repoUrl">>;

/** A folder is somewhere; a repository is somewhere or comes from somewhere. */
export const missesPlace = ({ kind, path, repoUrl }: Place): boolean => !path && (kind === "folder" || !repoUrl);

export const unusablePlace = (): BoardroomError =>
  new BoardroomError("unusable_reference", "A folder needs its path, a repository its path or its address.", [
    { path: "path", message: "Say where it lies, or give repoUrl for a repository" },
  ]);

/** Changes of a project's workspaces wait for each other: exactly one of them is its primary one. */
export const lockProject = (companyId: string, projectId: SQL): SQL =>
  sql`select 1 from projects where company_id = ${companyId}::uuid and id = ${projectId} for no key update`;

/** A CTE that takes the first place from the project's other workspaces, when the CTE `from` asks for it by `takes_over`. */
export const demoteOthers = (from: string): SQL => sql`
  update project_workspaces w set is_primary = false, updated_at = now() from ${sql.identifier(from)} t
  where t.takes_over and w.company_id = t.company_id and w.project_id = t.project_id and w.is_primary and w.id is distinct from t.workspace_id
  returning w.id`;

/** Read by whatever takes the first place, so that the other one has left it by then. */
export const afterDemotion: SQL = sql`(select count(*) from demoted)`;
