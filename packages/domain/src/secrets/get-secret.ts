import type { Secret } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type SecretExtras, secretColumns, shownSecret } from "./secret-columns.ts";

/** A secret without its value. */
export async function getSecret(ctx: Ctx, { id }: InputOf<"secrets.get">): Promise<Secret> {
  const [row] = await ctx.db.rows<typeof schema.secrets, SecretExtras>(
    schema.secrets,
    sql`select ${secretColumns} from secrets s
      where s.company_id = ${ctx.db.companyId}::uuid and s.id = ${id}::uuid and s.deleted_at is null`,
  );
  return shownSecret(found(row, "secret"));
}
