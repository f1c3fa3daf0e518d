import { sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Revokes one of the caller's board keys at once. Revoking twice changes nothing. */
export async function revokeBoardKey(ctx: PersonCtx, { id }: InputOf<"boardKeys.revoke">): Promise<void> {
  const rows = await ctx.system.raw(sql`
    update board_keys set revoked_at = coalesce(revoked_at, now())
    where user_id = ${ctx.person.userId} and id = ${id}::uuid returning id`);
  found(rows[0], "key");
}
