import type { CliIdentity } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";

/** Whom a key or session acts for, and what it may do. */
export async function readCliIdentity({ system, person }: PersonCtx): Promise<CliIdentity> {
  const rows = await system.raw<{ company_id: string }>(
    sql`select company_id from memberships where user_id = ${person.userId} order by company_id`,
  );
  const { userId, name, key = null } = person;
  return {
    userId,
    name,
    source: key ? "board_key" : "session",
    keyId: key?.id ?? null,
    scopes: [...(key?.scopes ?? [])],
    companyIds: rows.map(({ company_id }) => company_id),
  };
}
