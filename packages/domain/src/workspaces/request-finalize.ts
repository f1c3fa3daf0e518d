import type { ExecutionWorkspace } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";
import { heard, type Judged, judgeWorkspace } from "./judge-workspace.ts";

/**
 * Has the agent of a workspace run again, also on a closed issue, so that the workspace gets finalized. Leaves the workspace
 * itself alone: a claim takes a wake before a workspace, so who holds one must not wait for the other.
 */
export async function requestFinalize(
  ctx: Ctx,
  { id, note }: { id: string; note: string },
): Promise<ExecutionWorkspace> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.executionWorkspaces, Judged>(ctx, schema.executionWorkspaces, {
    with: {
      judged: judgeWorkspace(companyId, id, "finalizing"),
      permitted: sql`select * from judged where obstacle is null`,
      ...wakeParts(companyId, ctx.actor, {
        from: "permitted",
        agentId: sql`cause.agent_id`,
        issueId: sql`cause.issue_id`,
        source: "on_demand",
        reason: "run_now",
        payload: sql`jsonb_build_object('executionWorkspaceId', cause.id, 'note', ${note}::text)`,
      }),
    },
    activity: [
      {
        from: "permitted",
        action: "issue.workspace_finalize_requested",
        entityType: "issue",
        entityId: sql`issue_id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('identifier', issue_identifier, 'executionWorkspaceId', id, 'branch', branch, 'note', ${note}::text)`,
      },
    ],
    select: sql`select judged.*, (select array_agg(q.id) from queued_run q) as run_ids from judged`,
  });
  const row = found(rows[0], "workspace");
  ctx.ports.dispatch((row.runIds ?? []).map((runId) => ({ companyId, runId })));
  return heard(row);
}
