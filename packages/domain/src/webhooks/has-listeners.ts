import type { TenantConnection } from "@boardroom/db";
import { sql } from "drizzle-orm";

/** Whether a company has addresses that are told what happens. */
export async function hasListeners(db: TenantConnection): Promise<boolean> {
  const [row] = await db.raw<{ listens: boolean }>(sql`
    select exists (select 1 from webhook_endpoints where company_id = ${db.companyId}::uuid and status = 'active') as listens`);
  return row?.listens ?? false;
}
