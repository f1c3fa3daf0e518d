import type { Criterion } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "../issues/internal.ts";
import { criteriaOf } from "./stage-parts.ts";

/** What has to be true before an issue is done, in order. */
export async function listCriteria({ db }: Ctx, { id: ref }: InputOf<"criteria.list">): Promise<Criterion[]> {
  const [row] = await db.rows<typeof schema.issues, { criteria: Criterion[] }>(
    schema.issues,
    sql`select i.id, ${criteriaOf("i")} as criteria from issues i where ${issueWhere(db.companyId, ref, "i")}`,
  );
  return found(row, "issue").criteria;
}
