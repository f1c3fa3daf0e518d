import { BoardroomError, secretKeysIn } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";

/** Where in settings secrets may stand: what becomes environment or headers, and so never an argument, a prompt or an address. */
type Section = "env" | "headers";

/**
 * Looks at the references of settings before they are kept.
 * @param field how the settings are called in the sentence
 * @param section the one part of them in which secrets may stand; the settings themselves when null
 * @throws BoardroomError invalid_request elsewhere, unusable_reference for a secret that isn't there, forbidden for an agent
 */
export async function checkReferences(
  ctx: Ctx,
  field: string,
  settings: Record<string, unknown>,
  section: Section | null,
): Promise<void> {
  const { [section ?? ""]: inside, ...outside } = section === null ? { "": settings } : settings;
  const misplaced = secretKeysIn(JSON.stringify(outside))[0];
  if (misplaced !== undefined) {
    throw new BoardroomError(
      "invalid_request",
      `${field}: \${secret:${misplaced}} can stand only in ${section}, where it reaches the agent and nobody else.`,
    );
  }
  const keys = [...new Set(secretKeysIn(JSON.stringify(inside ?? {})))];
  if (keys.length === 0) return;
  if (ctx.actor.agentId !== null) {
    throw new BoardroomError("forbidden", "An agent can't hand out secrets. Ask the board to add them.");
  }
  await requireSecrets(ctx, field, keys);
}

async function requireSecrets({ db }: Ctx, field: string, keys: readonly string[]): Promise<void> {
  const missing = await db.raw<{ key: string }>(sql`
    select wanted.key from unnest(${textArray(keys)}) wanted (key)
    where not exists (
      select 1 from secrets s where s.company_id = ${db.companyId}::uuid and s.key = wanted.key and s.deleted_at is null)`);
  const [first] = missing;
  if (!first) return;
  throw new BoardroomError("unusable_reference", `There is no secret "${first.key}". Store it first.`, {
    field,
    missing: missing.map(({ key }) => key),
  });
}
