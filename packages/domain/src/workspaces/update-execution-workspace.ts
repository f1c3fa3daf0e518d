import { BoardroomError, type ExecutionWorkspace, type ExecutionWorkspaceStatus } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { refusal, refusalSentences } from "../heartbeat/gates.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";
import type { InputOf } from "../input.ts";
import { runsBehind } from "./barrier.ts";
import { isUsed } from "./cleanups.ts";
import { namesOf, type WorkspaceExtras } from "./workspace-columns.ts";

interface Extras extends WorkspaceExtras {
  obstacle: string | null;
  dispatchedIds: string[] | null;
}
const actions = {
  finalized: "issue.workspace_finalize_overridden",
  finalizing: "issue.workspace_finalize_requested",
  removed: "issue.workspace_removed",
} as const;

/**
 * What the board says of a workspace: that work may go on though it wasn't finalized, that its agent shall run again and
 * finalize it, or that it is gone.
 * @throws BoardroomError conflict while a run works in it or when it is finalized already, agent_not_invokable
 */
export async function updateExecutionWorkspace(
  ctx: Ctx,
  { id, status, note }: InputOf<"executionWorkspaces.update">,
): Promise<ExecutionWorkspace> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.executionWorkspaces, Extras>(ctx, schema.executionWorkspaces, {
    before: sql`select 1 from execution_workspaces where company_id = ${companyId}::uuid and id = ${id}::uuid for no key update`,
    with: {
      judged: sql`
        select e.*, ${namesOf("e")}, case
            when ${isUsed("e")} then 'used'
            when e.status = ${status === "removed" ? "removed" : "finalized"} then 'settled'
            when ${status === "finalizing"}::boolean then ${refusal} end as obstacle
        from execution_workspaces e
        join agents a on a.company_id = e.company_id and a.id = e.agent_id
        join companies c on c.id = e.company_id
        where e.company_id = ${companyId}::uuid and e.id = ${id}::uuid`,
      permitted: sql`select * from judged where obstacle is null`,
      changed: sql`
        update execution_workspaces e set updated_at = now(), status = case when ${status === "finalizing"}::boolean then e.status else ${status}::execution_workspace_status end,
          error = case when ${status === "finalizing"}::boolean then e.error end,
          finalized_at = case when ${status === "finalized"}::boolean then now() else e.finalized_at end,
          removed_at = case when ${status === "removed"}::boolean then now() end, cwd = case when not ${status === "removed"}::boolean then e.cwd end
        from permitted p where e.company_id = p.company_id and e.id = p.id returning e.*, p.issue_identifier as identifier`,
      released: sql`select * from changed where ${status !== "finalizing"}::boolean`,
      freed: runsBehind("released"),
      ...wakeParts(companyId, ctx.actor, {
        from: "permitted",
        agentId: sql`cause.agent_id`,
        issueId: sql`cause.issue_id`,
        source: "on_demand",
        reason: "run_now",
        payload: sql`jsonb_build_object('executionWorkspaceId', cause.id, 'note', ${note}::text)`,
        when: sql`${status === "finalizing"}::boolean`,
      }),
    },
    activity: [
      {
        from: "changed",
        action: actions[status],
        entityType: "issue",
        entityId: sql`issue_id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('identifier', identifier, 'executionWorkspaceId', id, 'branch', branch, 'note', ${note}::text)`,
      },
    ],
    select: sql`
      select shown.*, judged.obstacle, judged.issue_identifier, judged.agent_name, judged.runner_name, (
        select array_agg(id) from (select id from freed union all select id from queued_run) n) as dispatched_ids
      from judged left join changed shown on true`,
  });
  const row = found(rows[0], "workspace");
  if (row.obstacle) throw refused(row.obstacle, row);
  ctx.ports.dispatch((row.dispatchedIds ?? []).map((runId) => ({ companyId, runId })));
  return row;
}

function refused(obstacle: string, { status }: { status: ExecutionWorkspaceStatus | null }): BoardroomError {
  if (obstacle === "used")
    return new BoardroomError("conflict", "A run works in this workspace. Wait for its end, or cancel it.", { status });
  if (obstacle === "settled") return new BoardroomError("conflict", "This workspace is settled already.", { status });
  return new BoardroomError("agent_not_invokable", refusalSentences[obstacle] ?? "The agent can't be woken now.");
}
