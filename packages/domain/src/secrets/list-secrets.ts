import type { Secret } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";
import { type SecretExtras, secretColumns, shownSecret } from "./secret-columns.ts";

const keyForm = /^[A-Za-z][A-Za-z0-9_.-]{0,62}$/;

/** The secrets of a company by key, without their values. */
export async function listSecrets(ctx: Ctx, { limit, cursor }: InputOf<"secrets.list">): Promise<Page<Secret>> {
  const after = readCursor(cursor, [keyForm, cursorForms.id]);
  const rows = await ctx.db.rows<typeof schema.secrets, SecretExtras>(
    schema.secrets,
    sql`select ${secretColumns} from secrets s
      where s.company_id = ${ctx.db.companyId}::uuid and s.deleted_at is null ${after ? sql`and s.key collate "C" > ${after[0]}` : sql``}
      order by s.key collate "C" limit ${limit + 1}`,
  );
  return pageOf(rows.map(shownSecret), limit, (last) => [last.key, last.id]);
}
