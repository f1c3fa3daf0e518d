import type { CompanySkill } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { lockSkills, roomFor, tooMuch } from "./room.ts";

/**
 * Teaches the agents of a company something: their next runs have it.
 * @throws BoardroomError already_exists for a key that is taken, payload_too_large
 */
export async function createSkill(ctx: Ctx, input: InputOf<"skills.create">): Promise<CompanySkill> {
  const { companyId } = ctx.db;
  const { idempotencyKey: _, files, ...fields } = input;
  const values = { companyId, ...fields, files: sql`${JSON.stringify(files)}::jsonb` };
  const { rows } = await mutate<typeof schema.companySkills, { isFull: boolean }>(ctx, schema.companySkills, {
    before: lockSkills(companyId),
    with: {
      room: roomFor(companyId, input.key, files),
      created: sql`${insertInto(schema.companySkills, values)} from room where not room.is_full returning *`,
    },
    activity: [
      {
        from: "created",
        action: "skill.created",
        entityType: "skill",
        entityId: sql`id`,
        details: sql`jsonb_build_object('key', key, 'name', name, 'fileCount', jsonb_array_length(files))`,
      },
    ],
    select: sql`select created.*, room.is_full from room left join created on true`,
  });
  const skill = found(rows[0], "company");
  if (skill.isFull) throw tooMuch();
  return skill;
}
