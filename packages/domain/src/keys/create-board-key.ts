import type { Key } from "@boardroom/contract";
import { mapRow, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";
import type { PersonCtx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { createOnce, rememberedForPerson } from "../person-idempotency.ts";
import { shownKey } from "./shown-key.ts";

/** Makes a board key of the caller. Its token is answered this once; a retry with the same key gets null. */
export async function createBoardKey(
  ctx: PersonCtx,
  { name, scopes = [], expiresAt = null }: InputOf<"boardKeys.create">,
): Promise<Key & { token: string | null }> {
  const key = await ctx.ports.secrets.newKey("brb");
  const { row, replayed } = await createOnce(ctx, async () => {
    const [created] = await ctx.system.raw(sql`
      with created as (
        insert into board_keys (user_id, name, prefix, key_hash, scopes, expires_at)
        values (${ctx.person.userId}, ${name}, ${key.prefix}, ${key.hash}, ${textArray(scopes)}, ${expiresAt}::timestamptz)
        returning *),
      result as (select id, name, prefix, scopes, expires_at, last_used_at, revoked_at, created_at from created),
      remembered as (${rememberedForPerson(ctx)})
      select * from result`);
    return found(created, "key");
  });
  return { ...shownKey(mapRow(schema.boardKeys, row)), token: replayed ? null : key.token };
}
