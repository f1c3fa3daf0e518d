import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { WrappedKey } from "../ports.ts";
import { dataKeyPlace } from "./places.ts";

/** The company's data key that seals now; the first one is made when the first secret is. */
export async function dataKeyOf(ctx: Ctx): Promise<WrappedKey & { version: number }> {
  const known = await readLatest(ctx);
  if (known) return known;
  const { companyId } = ctx.db;
  const wrapped = await ctx.ports.secrets.newDataKey(dataKeyPlace(companyId, 1));
  await ctx.db.raw(sql`
    insert into company_data_keys (company_id, version, wrapped) values (${companyId}::uuid, 1, ${wrapped})
    on conflict do nothing`);
  // Somebody else may have been first.
  const stored = await readLatest(ctx);
  if (!stored) throw new Error("The company's data key was not stored.");
  return stored;
}

async function readLatest({ db }: Ctx): Promise<(WrappedKey & { version: number }) | null> {
  const [row] = await db.raw<{ version: number; wrapped: string }>(sql`
    select version, wrapped from company_data_keys where company_id = ${db.companyId}::uuid order by version desc limit 1`);
  return row ? { ...row, context: dataKeyPlace(db.companyId, row.version) } : null;
}
