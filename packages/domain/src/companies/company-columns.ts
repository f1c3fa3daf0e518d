import { type SQL, sql } from "drizzle-orm";
import { companySpent } from "../heartbeat/gates.ts";

/** What a company shows beside its own columns. */
export interface CompanyExtras {
  spentMonthlyCents: number;
}

/** The select list of a company as the API shows it, over the alias `c`. */
export const companyColumns: SQL = sql`c.*, (${companySpent(sql`c.id`)})::float8 as spent_monthly_cents`;
