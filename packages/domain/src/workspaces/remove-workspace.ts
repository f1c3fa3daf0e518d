import type { WorkspaceOperation } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { redact } from "../redaction/index.ts";
import { isUsed } from "./cleanups.ts";

export interface Removal {
  id: string;
  runnerId: string;
  succeeded: boolean;
  message: string | null;
}

/**
 * Keeps what a runner says of the removal of a worktree, which it was told of by its heartbeat. One that a run took up
 * meanwhile stays as it is.
 */
export async function removeWorkspace(
  ctx: Ctx,
  { id, runnerId, succeeded, message }: Removal,
): Promise<WorkspaceOperation> {
  const { companyId } = ctx.db;
  const text = message === null ? null : redact(message);
  const status = succeeded ? "succeeded" : "failed";
  const { rows } = await mutate(ctx, schema.workspaceOperations, {
    before: sql`select 1 from execution_workspaces where company_id = ${companyId}::uuid and id = ${id}::uuid for no key update`,
    with: {
      target: sql`
        select e.* from execution_workspaces e
        where e.company_id = ${companyId}::uuid and e.id = ${id}::uuid and e.runner_id = ${runnerId}::uuid
          and exists (select 1 from runners m where m.company_id = e.company_id and m.id = e.runner_id and m.status <> 'revoked')`,
      step: sql`
        insert into workspace_operations (company_id, execution_workspace_id, kind, status, message, finished_at)
        select company_id, id, 'cleanup', ${status}::workspace_operation_status, ${text}::text, now() from target returning *`,
      workspace: sql`
        update execution_workspaces e set updated_at = now(), ${
          succeeded
            ? sql`status = 'removed', removed_at = now(), cwd = null, error = null`
            : sql`error = ${text}::text, cwd = null`
        } from target t where e.company_id = t.company_id and e.id = t.id and t.status = 'finalized' and not ${isUsed("t")} returning e.id`,
    },
    activity: [
      {
        from: "step",
        action: succeeded ? "issue.workspace_removed" : "issue.workspace_cleanup_failed",
        entityType: "issue",
        entityId: sql`(select issue_id from target)`,
        details: sql`jsonb_build_object('executionWorkspaceId', execution_workspace_id, 'message', message, 'branch', (select branch from target))`,
      },
    ],
    select: sql`select * from step`,
  });
  return found(rows[0], "workspace");
}
