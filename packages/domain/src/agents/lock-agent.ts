import { type SQL, sql } from "drizzle-orm";

/** Makes the acts on one agent wait for each other; as the `before` of a mutation its figures are read after the lock. */
export const lockAgent = (companyId: string, id: string): SQL =>
  sql`select 1 from agents where company_id = ${companyId}::uuid and id = ${id}::uuid for no key update`;
