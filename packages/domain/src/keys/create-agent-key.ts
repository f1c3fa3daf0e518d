import { type AgentStatus, BoardroomError, type Key } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { shownKey } from "./shown-key.ts";

/**
 * Makes a key of an agent. Its token is answered this once; a retry with the same key gets null.
 * @throws BoardroomError agent_not_invokable when the agent was terminated
 */
export async function createAgentKey(
  ctx: Ctx,
  { id, name, scopes = [], expiresAt = null }: InputOf<"agentKeys.create">,
): Promise<Key & { token: string | null }> {
  const { companyId } = ctx.db;
  const key = await ctx.ports.secrets.newKey("bra");
  const { rows, replayed } = await mutate<typeof schema.agentKeys, { agentStatus: AgentStatus }>(
    ctx,
    schema.agentKeys,
    {
      with: {
        owner: sql`select id, status from agents where company_id = ${companyId}::uuid and id = ${id}::uuid for share`,
        created: sql`
        insert into agent_keys (company_id, agent_id, name, prefix, key_hash, scopes, expires_at)
        select ${companyId}::uuid, id, ${name}::text, ${key.prefix}::text, ${key.hash}::text, ${textArray(scopes)}, ${expiresAt}::timestamptz
        from owner where status <> 'terminated' returning *`,
      },
      activity: [
        {
          from: "created",
          action: "agent_key.created",
          entityType: "agent_key",
          entityId: sql`id`,
          agentId: sql`agent_id`,
          details: sql`jsonb_build_object('name', name, 'prefix', prefix)`,
        },
      ],
      select: sql`select created.*, owner.status as agent_status from owner left join created on true`,
    },
  );
  const created = found(rows[0], "agent");
  if (created.id === null) throw new BoardroomError("agent_not_invokable", "The agent was terminated: it gets no key.");
  return { ...shownKey(created), token: replayed ? null : key.token };
}
