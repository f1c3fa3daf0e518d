import type { Company } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { type CompanyExtras, companyColumns } from "./company-columns.ts";

export async function getCompany(ctx: Ctx): Promise<Company> {
  const [company] = await ctx.db.rows<typeof schema.companies, CompanyExtras>(
    schema.companies,
    sql`select ${companyColumns} from companies c where c.id = ${ctx.db.companyId}::uuid`,
  );
  return found(company, "company");
}
