import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Revokes an agent's key at once. Revoking twice changes nothing. */
export async function revokeAgentKey(ctx: Ctx, { id, kid }: InputOf<"agentKeys.revoke">): Promise<void> {
  const { rows } = await mutate(ctx, schema.agentKeys, {
    with: {
      target: sql`
        select * from agent_keys
        where company_id = ${ctx.db.companyId}::uuid and agent_id = ${id}::uuid and id = ${kid}::uuid for update`,
      revoked: sql`
        update agent_keys k set revoked_at = now() from target
        where k.company_id = target.company_id and k.id = target.id and target.revoked_at is null returning k.*`,
    },
    activity: [
      {
        from: "revoked",
        action: "agent_key.revoked",
        entityType: "agent_key",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('name', name, 'prefix', prefix)`,
      },
    ],
    select: sql`select * from target`,
  });
  found(rows[0], "key");
}
