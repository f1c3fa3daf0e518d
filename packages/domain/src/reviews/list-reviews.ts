import type { ReviewStage } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "../issues/internal.ts";
import { stagesOf } from "./stage-parts.ts";

/** The stages of review of an issue, in order. */
export async function listReviews({ db }: Ctx, { id: ref }: InputOf<"reviews.list">): Promise<ReviewStage[]> {
  const [row] = await db.rows<typeof schema.issues, { stages: ReviewStage[] }>(
    schema.issues,
    sql`select i.id, ${stagesOf("i")} as stages from issues i where ${issueWhere(db.companyId, ref, "i")}`,
  );
  return found(row, "issue").stages;
}
