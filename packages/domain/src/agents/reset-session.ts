import type { OperationOutput, Operations } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Makes an agent forget its session of one task, or all of them, so that its next run starts fresh. */
export async function resetSession(
  ctx: Ctx,
  { id, taskKey }: InputOf<"agents.resetSession">,
): Promise<OperationOutput<Operations["agents.resetSession"]>> {
  const { rows } = await mutate(ctx, schema.agentRuntimeState, {
    with: {
      reset: sql`
        update agent_runtime_state set session_id = null, session_params = null, updated_at = now()
        where company_id = ${ctx.db.companyId}::uuid and agent_id = ${id}::uuid returning *`,
      tasks: sql`
        update agent_task_sessions s set session_id = null, session_params = null, cwd = null, fruitless_runs = 0, quiet_until = null,
          updated_at = now()
        from reset where s.company_id = reset.company_id and s.agent_id = reset.agent_id
          and (${taskKey ?? null}::text is null or s.task_key = ${taskKey ?? null}::text)
        returning s.task_key`,
    },
    activity: [
      {
        from: "reset",
        action: "agent.session_reset",
        entityType: "agent",
        entityId: sql`agent_id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('taskKey', ${taskKey ?? null}::text)`,
      },
    ],
    select: sql`select * from reset`,
  });
  return found(rows[0], "agent");
}
