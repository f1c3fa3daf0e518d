import { BoardroomError, type CompanyStatus, type RunnerCode } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { idArray, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { knowsAgents, unknownAgents } from "./known-agents.ts";

/**
 * Makes a code with which one machine becomes a runner. It is answered this once; a retry with the same key gets null.
 * @throws BoardroomError invalid_reference for agents of others, company_not_active
 */
export async function createRunnerCode(
  ctx: Ctx,
  { name = null, labels = [], agentIds = null }: InputOf<"runnerCodes.create">,
): Promise<RunnerCode & { code: string | null; command: string | null }> {
  const { companyId } = ctx.db;
  const { code, hash } = await ctx.ports.runnerTrust.newCode();
  const { rows, replayed } = await mutate<
    typeof schema.runnerCodes,
    { companyStatus: CompanyStatus; knowsAgents: boolean }
  >(ctx, schema.runnerCodes, {
    with: {
      asked: sql`
        select id, status, ${knowsAgents(companyId, agentIds)} as knows_agents from companies where id = ${companyId}::uuid`,
      created: sql`
        insert into runner_codes (company_id, code_hash, name, labels, agent_ids, created_by_user_id, expires_at)
        select id, ${hash}::text, ${name}::text, ${textArray(labels)}, ${agentIds === null ? sql`null::uuid[]` : idArray(agentIds)},
          ${ctx.actor.id}::text, now() + interval '1 hour'
        from asked where status <> 'archived' and knows_agents returning *`,
    },
    activity: [
      {
        from: "created",
        action: "runner_code.created",
        entityType: "runner_code",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'labels', to_jsonb(labels))`,
      },
    ],
    select: sql`select created.*, asked.status as company_status, asked.knows_agents from asked left join created on true`,
  });
  const created = found(rows[0], "company");
  if (created.id === null) {
    if (!created.knowsAgents) throw unknownAgents();
    throw new BoardroomError("company_not_active", "The company is archived.");
  }
  const command = `npx @boardroom/runner connect ${code} --url ${ctx.ports.publicUrl}`;
  return { ...created, code: replayed ? null : code, command: replayed ? null : command };
}
