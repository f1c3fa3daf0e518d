import type { AgentSkill } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, asc, eq, sql } from "drizzle-orm";
import { agentIdOf } from "../agents/agent-id-of.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { maxSkills } from "./limits.ts";
import { readFrontMatter } from "./read-front-matter.ts";

/** What the runs of an agent are given. */
export async function listAgentSkills(ctx: Ctx, { id }: InputOf<"agents.skills">): Promise<AgentSkill[]> {
  const { agents, companySkills: skills } = schema;
  const { build, companyId } = ctx.db;
  const [[agent], rows] = await ctx.db.readAll([
    build
      .select({ id: agents.id })
      .from(agents)
      .where(and(eq(agents.companyId, companyId), eq(agents.id, agentIdOf(ctx, id)))),
    build
      .select({
        key: skills.key,
        name: skills.name,
        description: skills.description,
        fileCount: sql<number>`jsonb_array_length(${skills.files})`,
      })
      .from(skills)
      .where(and(eq(skills.companyId, companyId), eq(skills.isEnabled, true)))
      .orderBy(asc(skills.key))
      .limit(maxSkills),
  ]);
  found(agent, "agent");
  const ofCompany = rows.map((row) => ({ ...row, source: "company" as const }));
  const replaced = new Set(rows.map(({ key }) => key));
  const own = ctx.ports.ownSkills
    .filter(({ key }) => !replaced.has(key))
    .map(({ key, files }) => {
      const { name = key, description = "" } = readFrontMatter(
        files.find(({ path }) => path === "SKILL.md")?.content ?? "",
      );
      return { key, name, description, source: "boardroom" as const, fileCount: files.length };
    });
  return [...own, ...ofCompany];
}
