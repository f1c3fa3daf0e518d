import { BoardroomError, type SkillFile } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { maxSkillChars, maxSkills } from "./limits.ts";

/** Two changes at once must not fill the room twice. */
export const lockSkills = (companyId: string): SQL =>
  sql`select pg_advisory_xact_lock(hashtextextended('skills' || ${companyId}::text, 0))`;

/** Characters of a skill's files, over its jsonb. */
export const charsOf = (files: SQL): SQL => sql`(
  select coalesce(sum(length(f ->> 'path') + length(f ->> 'content')), 0)::int from jsonb_array_elements(${files}) f)`;

const charsOfFiles = (files: readonly SkillFile[]) =>
  files.reduce((sum, { path, content }) => sum + [...path].length + [...content].length, 0);

/** A CTE that says whether these files fit in beside the company's other skills: `is_full`. */
export const roomFor = (companyId: string, key: string, files: readonly SkillFile[]): SQL => sql`
  select coalesce(sum(${charsOf(sql`s.files`)}), 0) + ${charsOfFiles(files)} > ${maxSkillChars} or count(*) >= ${maxSkills} as is_full
  from company_skills s where s.company_id = ${companyId}::uuid and s.key <> ${key}`;

export const tooMuch = (): BoardroomError =>
  new BoardroomError(
    "payload_too_large",
    `A company has at most ${maxSkills} skills, together ${maxSkillChars / 1000} kB of text. Shorten or delete one.`,
  );
