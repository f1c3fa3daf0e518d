import { sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";

/** Revokes the key that the call is made with, at once; a session has none. */
export async function revokeCurrentKey({ system, person }: PersonCtx): Promise<{ revokedKeyId: string | null }> {
  if (!person.key) return { revokedKeyId: null };
  await system.raw(sql`
    update board_keys set revoked_at = coalesce(revoked_at, now())
    where user_id = ${person.userId} and id = ${person.key.id}::uuid`);
  return { revokedKeyId: person.key.id };
}
