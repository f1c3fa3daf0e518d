import { BoardroomError } from "@boardroom/contract";
import { violatesUnique } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { PersonCtx } from "./context.ts";

/** A CTE that remembers the row of `result` for a repeated call of the same person; nothing without a key. */
export function rememberedForPerson({ person, idempotency }: PersonCtx): SQL {
  if (!idempotency) return sql`select 1`;
  const { key, operation, bodyHash } = idempotency;
  return sql`
    insert into user_idempotency_keys (user_id, key, operation, body_hash, response)
    select ${person.userId}::text, ${key}::text, ${operation}::text, ${bodyHash}::text, to_jsonb(result) from result`;
}

/**
 * Runs a creating statement of a person; a repeated one answers the first row again.
 * @throws BoardroomError idempotency_mismatch when the key was used for something else
 */
export async function createOnce(
  ctx: PersonCtx,
  create: () => Promise<Record<string, unknown>>,
): Promise<{ row: Record<string, unknown>; replayed: boolean }> {
  try {
    return { row: await create(), replayed: false };
  } catch (error) {
    if (!ctx.idempotency || !violatesUnique(error)) throw error;
    const { key, operation, bodyHash } = ctx.idempotency;
    const [stored] = await ctx.system.raw<{ same: boolean; response: Record<string, unknown> }>(
      sql`select response, operation = ${operation} and body_hash = ${bodyHash} as same from user_idempotency_keys
        where user_id = ${ctx.person.userId} and key = ${key}`,
    );
    if (!stored) throw error;
    if (!stored.same) {
      throw new BoardroomError("idempotency_mismatch", "This idempotency key was already used for another request.");
    }
    return { row: stored.response, replayed: true };
  }
}
