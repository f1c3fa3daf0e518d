import type { RunJob, SkillFile } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { Ports } from "../ports.ts";

export type JobSkill = RunJob["skills"][number];

/** The enabled skills of a company as a jsonb array of `{key, files}`, for the statement that needs them. */
export const companySkillsJson = (companyId: string): SQL => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('key', s.key, 'files', s.files) order by s.key), '[]')
  from company_skills s where s.company_id = ${companyId}::uuid and s.is_enabled)`;

/** What a run is given: Boardroom's own skills, and the company's; one of the company with the key of an own one takes its place. */
export function jobSkills(ports: Pick<Ports, "ownSkills">, ofCompany: readonly JobSkill[]): JobSkill[] {
  const replaced = new Set(ofCompany.map(({ key }) => key));
  const own = ports.ownSkills.filter(({ key }) => !replaced.has(key));
  return [...own.map(({ key, files }) => ({ key, files: [...files] })), ...ofCompany];
}

/** The same with a request of its own. */
export async function skillsOf(ctx: Ctx): Promise<JobSkill[]> {
  const [row] = await ctx.db.raw<{ skills: { key: string; files: SkillFile[] }[] }>(
    sql`select ${companySkillsJson(ctx.db.companyId)} as skills`,
  );
  return jobSkills(ctx.ports, row?.skills ?? []);
}
