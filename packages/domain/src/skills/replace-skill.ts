import type { CompanySkill } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { lockSkills, roomFor, tooMuch } from "./room.ts";

/**
 * Replaces what a skill says; runs that go on keep what they were given.
 * @throws BoardroomError payload_too_large
 */
export async function replaceSkill(ctx: Ctx, { key, ...fields }: InputOf<"skills.replace">): Promise<CompanySkill> {
  const { companyId } = ctx.db;
  const { files, ...plain } = fields;
  const values = { ...plain, ...(files && { files: sql`${JSON.stringify(files)}::jsonb` }) };
  const { rows } = await mutate<typeof schema.companySkills, { isFull: boolean }>(ctx, schema.companySkills, {
    before: lockSkills(companyId),
    with: {
      room: files ? roomFor(companyId, key, files) : sql`select false as is_full`,
      target: sql`select s.company_id, s.id, room.is_full from company_skills s, room where s.company_id = ${companyId}::uuid and s.key = ${key}`,
      changed: sql`
        update company_skills s set ${assign(schema.companySkills, values)} from target t
        where s.company_id = t.company_id and s.id = t.id and not t.is_full returning s.*`,
    },
    activity: [
      {
        from: "changed",
        action: "skill.updated",
        entityType: "skill",
        entityId: sql`id`,
        details: sql`jsonb_build_object('key', key, 'name', name, 'isEnabled', is_enabled, 'changed', to_jsonb(${textArray(Object.keys(fields))}))`,
      },
    ],
    select: sql`select changed.*, target.is_full from target left join changed on true`,
  });
  const skill = found(rows[0], "skill");
  if (skill.isFull) throw tooMuch();
  return skill;
}
