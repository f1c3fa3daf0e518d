import type { ExecutionWorkspace } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { runsBehind } from "./barrier.ts";
import { heard, type Judged, judgeWorkspace } from "./judge-workspace.ts";
import { requestFinalize } from "./request-finalize.ts";

/**
 * What the board says of a workspace: that work may go on though it wasn't finalized, that its agent shall run again and
 * finalize it, or that it is gone.
 * @throws BoardroomError conflict while a run works in it or when it is finalized already, agent_not_invokable
 */
export async function updateExecutionWorkspace(
  ctx: Ctx,
  { id, status, note }: InputOf<"executionWorkspaces.update">,
): Promise<ExecutionWorkspace> {
  if (status === "finalizing") return requestFinalize(ctx, { id, note });
  const { companyId } = ctx.db;
  const place =
    status === "removed" ? sql`removed_at = now(), cwd = null` : sql`finalized_at = now(), removed_at = null`;
  const { rows } = await mutate<typeof schema.executionWorkspaces, Judged>(ctx, schema.executionWorkspaces, {
    before: sql`select 1 from execution_workspaces where company_id = ${companyId}::uuid and id = ${id}::uuid for no key update`,
    with: {
      judged: judgeWorkspace(companyId, id, status),
      changed: sql`
        update execution_workspaces e set status = ${status}::execution_workspace_status, error = null, updated_at = now(), ${place}
        from judged j where j.obstacle is null and e.company_id = j.company_id and e.id = j.id returning e.*`,
      freed: runsBehind("changed"),
    },
    activity: [
      {
        from: "changed",
        action: status === "removed" ? "issue.workspace_removed" : "issue.workspace_finalize_overridden",
        entityType: "issue",
        entityId: sql`issue_id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('executionWorkspaceId', id, 'branch', branch, 'note', ${note}::text,
          'identifier', (select judged.issue_identifier from judged))`,
      },
    ],
    select: sql`
      select changed.*, judged.obstacle, judged.issue_identifier, judged.agent_name, judged.runner_name,
        (select array_agg(f.id) from freed f) as run_ids
      from judged left join changed on true`,
  });
  const row = found(rows[0], "workspace");
  ctx.ports.dispatch((row.runIds ?? []).map((runId) => ({ companyId, runId })));
  return heard(row);
}
