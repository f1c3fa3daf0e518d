import type { CompanySkill } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** A skill with its files. */
export async function getSkill(ctx: Ctx, { key }: InputOf<"skills.get">): Promise<CompanySkill> {
  const { companySkills: skills } = schema;
  const query = ctx.db.build
    .select()
    .from(skills)
    .where(and(eq(skills.companyId, ctx.db.companyId), eq(skills.key, key)));
  const [skill] = await ctx.db.read(query);
  return found(skill, "skill");
}
