import type { SecretAccessEvent } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";

/** Each time that a secret's value was given out, newest first. */
export async function listAccessEvents(
  { db }: Ctx,
  { id, limit, cursor }: InputOf<"secrets.accessEvents">,
): Promise<Page<SecretAccessEvent>> {
  const before = readCursor(cursor, [cursorForms.id])?.[0];
  const rows = await db.rows<typeof schema.secretAccessEvents, { agentName: string | null }>(
    schema.secretAccessEvents,
    sql`select e.*, a.name as agent_name from secret_access_events e
      left join agents a on a.company_id = e.company_id and a.id = e.agent_id
      where e.company_id = ${db.companyId}::uuid and e.secret_id = ${id}::uuid ${before ? sql`and e.id < ${before}::uuid` : sql``}
      order by e.id desc limit ${limit + 1}`,
  );
  return pageOf(rows, limit, (last) => [last.id]);
}
