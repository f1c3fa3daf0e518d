import { BoardroomError, type CreatedInvite } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { inviteExpiry, linkOf } from "./invite-life.ts";
import { newLinkToken } from "./link-token.ts";
import { isOwner, requireMayGive } from "./owner-rules.ts";
import { sendInvite } from "./send-invite.ts";

/**
 * Gives an invite a new link and new time, by mail where it has an address; the former link is worthless.
 * @throws BoardroomError forbidden for an owner's, when the caller is none; conflict when it was accepted or withdrawn
 */
export async function resendInvite(ctx: Ctx, { id }: InputOf<"invites.resend">): Promise<CreatedInvite> {
  const { companyId } = ctx.db;
  const { token, hash } = await newLinkToken();
  type Extra = { companyName: string; isRenewed: boolean };
  const { rows } = await mutate<typeof schema.invites, Extra>(ctx, schema.invites, {
    with: {
      target: sql`select * from invites where company_id = ${companyId}::uuid and id = ${id}::uuid for update`,
      renewed: sql`
        update invites i set token_hash = ${hash}::text, sent_at = null, send_problem = null, expires_at = ${inviteExpiry(sql`i.is_open`)}
        from target
        where i.company_id = target.company_id and i.id = target.id and target.revoked_at is null and target.accepted_at is null
          and (target.role <> 'owner' or ${isOwner(ctx)}::boolean)
        returning i.*`,
    },
    activity: [
      {
        from: "renewed",
        action: "invite.resent",
        entityType: "invite",
        entityId: sql`id`,
        details: sql`jsonb_build_object('email', email, 'role', role)`,
      },
    ],
    select: sql`
      select i.*, c.name as company_name, exists (select 1 from renewed) as is_renewed
      from (select * from renewed union all select * from target where not exists (select 1 from renewed)) i
      join companies c on c.id = i.company_id`,
  });
  const invite = found(rows[0], "invite");
  if (!invite.isRenewed) {
    requireMayGive(ctx, invite.role);
    throw new BoardroomError("conflict", "It was accepted or withdrawn. Make a new invite.");
  }
  sendInvite(ctx, invite, token, hash);
  return { ...invite, link: linkOf(ctx.ports.publicUrl, token) };
}
