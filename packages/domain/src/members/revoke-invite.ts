import { BoardroomError, type Invite } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Makes an invite's link worthless. Doing so twice changes nothing. @throws BoardroomError conflict when it was accepted */
export async function revokeInvite(ctx: Ctx, { id }: InputOf<"invites.revoke">): Promise<Invite> {
  const { rows } = await mutate(ctx, schema.invites, {
    with: {
      target: sql`select * from invites where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid for update`,
      revoked: sql`
        update invites i set revoked_at = now() from target
        where i.company_id = target.company_id and i.id = target.id and target.revoked_at is null and target.accepted_at is null
        returning i.*`,
    },
    activity: [
      {
        from: "revoked",
        action: "invite.revoked",
        entityType: "invite",
        entityId: sql`id`,
        details: sql`jsonb_build_object('email', email, 'role', role)`,
      },
    ],
    select: sql`select * from revoked union all select * from target where not exists (select 1 from revoked)`,
  });
  const invite = found(rows[0], "invite");
  if (invite.acceptedAt !== null)
    throw new BoardroomError("conflict", `${invite.acceptedByName ?? "Somebody"} has joined by it already.`);
  return invite;
}
