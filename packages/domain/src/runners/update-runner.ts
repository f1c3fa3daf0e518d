import { BoardroomError, type Runner } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign, idArray, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { knowsAgents, unknownAgents } from "./known-agents.ts";
import { type RunnerExtras, runnerColumns, shownRunner } from "./runner-rows.ts";

interface Extras extends RunnerExtras {
  knowsAgents: boolean;
}

/**
 * Renames a runner, says what it may run and how much, or lets it finish without taking more. What waited may fit it now, so
 * it is told to look.
 * @throws BoardroomError invalid_reference, invalid_transition for one that was revoked
 */
export async function updateRunner(ctx: Ctx, { id, ...fields }: InputOf<"runners.update">): Promise<Runner> {
  const { companyId } = ctx.db;
  const { agentIds, labels, slots } = fields;
  const values = {
    ...fields,
    labels: labels && textArray(labels),
    agentIds: agentIds && idArray(agentIds),
    slots: slots && sql`least(${slots}::int, coalesce((m.host #>> '{reported,slots}')::int, ${slots}::int))`,
  };
  const { rows } = await mutate<typeof schema.runners, Extras>(ctx, schema.runners, {
    with: {
      target: sql`
        select id as target_id, status as was_status, ${knowsAgents(companyId, agentIds)} as knows_agents
        from runners where company_id = ${companyId}::uuid and id = ${id}::uuid for update`,
      changed: sql`
        update runners m set ${assign(schema.runners, values)} from target
        where m.company_id = ${companyId}::uuid and m.id = target.target_id and target.was_status <> 'revoked' and target.knows_agents
        returning m.*`,
    },
    activity: [
      {
        from: "changed",
        action: "runner.updated",
        entityType: "runner",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'status', status, 'changed', to_jsonb(${textArray(Object.keys(fields))}))`,
      },
    ],
    select: sql`
      select shown.*, target.knows_agents from target left join (select ${runnerColumns} from changed m) shown on true`,
  });
  const runner = found(rows[0], "runner");
  if (!runner.knowsAgents) throw unknownAgents();
  if (runner.id === null)
    throw new BoardroomError("invalid_transition", "The runner was revoked and can't be changed.");
  if (runner.status === "active") {
    ctx.ports.afterwards(() => ctx.ports.runnerHub.tell(companyId, [id], { type: "work" }));
  }
  return shownRunner(ctx, runner);
}
