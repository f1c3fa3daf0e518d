import type { OperationItem, Operations } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";
import { charsOf } from "./room.ts";

type Item = OperationItem<Operations["skills.list"]>;
const keyForm = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** What a company teaches its agents, by key, without the files. */
export async function listSkills(ctx: Ctx, { limit, cursor }: InputOf<"skills.list">): Promise<Page<Item>> {
  const after = readCursor(cursor, [keyForm, cursorForms.id]);
  const rows = await ctx.db.rows<typeof schema.companySkills, Pick<Item, "fileCount" | "chars">>(
    schema.companySkills,
    sql`select s.company_id, s.id, s.key, s.name, s.description, s.is_enabled, s.created_at, s.updated_at,
        jsonb_array_length(s.files) as file_count, ${charsOf(sql`s.files`)} as chars
      from company_skills s where s.company_id = ${ctx.db.companyId}::uuid ${after ? sql`and s.key collate "C" > ${after[0]}` : sql``}
      order by s.key collate "C" limit ${limit + 1}`,
  );
  return pageOf(rows, limit, (last) => [last.key, last.id]);
}
