import { BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { isHeldByRun } from "./held-by-run.ts";
import { referenceCount } from "./secret-columns.ts";

interface Extras {
  referenceCount: number;
  isDeleted: boolean;
}

/**
 * Deletes a secret and destroys its values; those that a run still has, once that run ended. Its access events stay.
 * @param force deletes it though settings name it: the runs that need it then don't start
 * @throws BoardroomError conflict while settings name it
 */
export async function deleteSecret(ctx: Ctx, { id, force }: InputOf<"secrets.delete">): Promise<void> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.secrets, Extras>(ctx, schema.secrets, {
    with: {
      target: sql`
        select s.*, ${referenceCount} as reference_count from secrets s
        where s.company_id = ${companyId}::uuid and s.id = ${id}::uuid and s.deleted_at is null`,
      deleted: sql`
        update secrets s set deleted_at = now(), updated_at = now() from target t
        where s.company_id = t.company_id and s.id = t.id and s.deleted_at is null and (${force}::boolean or t.reference_count = 0)
        returning s.*, t.reference_count`,
      destroyed: sql`
        update secret_versions v set destroy_at = now(), sealed = case when ${isHeldByRun("v")} then v.sealed end
        from deleted d where v.company_id = d.company_id and v.secret_id = d.id`,
    },
    activity: [
      {
        from: "deleted",
        action: "secret.deleted",
        entityType: "secret",
        entityId: sql`id`,
        details: sql`jsonb_build_object('key', key, 'name', name, 'referenceCount', reference_count)`,
      },
    ],
    select: sql`select target.*, exists (select 1 from deleted) as is_deleted from target`,
  });
  const secret = found(rows[0], "secret");
  if (secret.isDeleted) return;
  throw new BoardroomError(
    "conflict",
    `The settings of ${secret.referenceCount} ${secret.referenceCount === 1 ? "place" : "places"} name this secret. Take it out there first, or force it.`,
    { referenceCount: secret.referenceCount },
  );
}
