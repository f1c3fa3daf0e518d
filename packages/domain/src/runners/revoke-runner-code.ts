import { BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/**
 * Makes a code worthless before its hour is over. Doing so twice changes nothing.
 * @throws BoardroomError conflict when a machine was connected with it: that one is revoked itself
 */
export async function revokeRunnerCode(ctx: Ctx, { id }: InputOf<"runnerCodes.revoke">): Promise<void> {
  const { rows } = await mutate(ctx, schema.runnerCodes, {
    with: {
      target: sql`select * from runner_codes where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid for update`,
      revoked: sql`
        update runner_codes k set expires_at = now() from target
        where k.company_id = target.company_id and k.id = target.id and target.used_at is null and target.expires_at > now()
        returning k.*`,
    },
    activity: [
      {
        from: "revoked",
        action: "runner_code.revoked",
        entityType: "runner_code",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name)`,
      },
    ],
    select: sql`select * from target`,
  });
  if (found(rows[0], "code").usedAt !== null)
    throw new BoardroomError("conflict", "A machine was connected with this code. Revoke that runner.");
}
