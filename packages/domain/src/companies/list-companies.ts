import type { OwnCompany } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { type CompanyExtras, companyColumns } from "./company-columns.ts";

/** The companies that a person belongs to, newest first. */
export async function listCompanies(ctx: PersonCtx, input: InputOf<"companies.list">): Promise<Page<OwnCompany>> {
  const older = olderThan(sql`c.id`, input.cursor);
  const rows = await ctx.system.rows<typeof schema.companies, CompanyExtras & Pick<OwnCompany, "role">>(
    schema.companies,
    sql`select ${companyColumns}, m.role from memberships m join companies c on c.id = m.company_id
      where m.user_id = ${ctx.person.userId} ${older ? sql`and ${older}` : sql``}
      order by c.id desc limit ${input.limit + 1}`,
  );
  return pageOf(rows, input.limit, (last) => [last.id]);
}
