import type { Milestone } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type MilestoneCounts, milestoneCounts } from "./milestone-counts.ts";

/** One milestone, with how far it is. */
export async function getMilestone(ctx: Ctx, { id }: InputOf<"milestones.get">): Promise<Milestone> {
  const [milestone] = await ctx.db.rows<typeof schema.milestones, MilestoneCounts>(
    schema.milestones,
    sql`select m.*, counts.* from milestones m cross join ${milestoneCounts("m")}
      where m.company_id = ${ctx.db.companyId}::uuid and m.id = ${id}::uuid`,
  );
  return found(milestone, "milestone");
}
