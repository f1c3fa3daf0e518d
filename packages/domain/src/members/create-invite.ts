import { BoardroomError, type CompanyStatus, type CreatedInvite } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { inviteExpiry, linkOf } from "./invite-life.ts";
import { newLinkToken } from "./link-token.ts";
import { requireMayGive } from "./owner-rules.ts";
import { sendInvite } from "./send-invite.ts";

/**
 * Makes an invite and, where it is for an address, mails it. Its link is answered this once; a retry with the same key gets null.
 * @throws BoardroomError forbidden for owners, when the caller is none; company_not_active
 */
export async function createInvite(ctx: Ctx, input: InputOf<"invites.create">): Promise<CreatedInvite> {
  const { role, isOpen = false } = input;
  requireMayGive(ctx, role);
  const { companyId } = ctx.db;
  const email = input.email?.toLowerCase() ?? null;
  const { token, hash } = await newLinkToken();
  type Extra = { companyName: string; companyStatus: CompanyStatus };
  const { rows, replayed } = await mutate<typeof schema.invites, Extra>(ctx, schema.invites, {
    with: {
      created: sql`
        insert into invites (company_id, email, role, is_open, token_hash, invited_by_user_id, invited_by_name, expires_at)
        select id, ${email}::text, ${role}::member_role, ${isOpen}::boolean, ${hash}::text, ${ctx.actor.id}::text,
          ${ctx.actor.name ?? "A board member"}::text, ${inviteExpiry(sql`${isOpen}::boolean`)}
        from companies where id = ${companyId}::uuid and status <> 'archived' returning *`,
    },
    activity: [
      {
        from: "created",
        action: "invite.created",
        entityType: "invite",
        entityId: sql`id`,
        details: sql`jsonb_build_object('email', email, 'role', role, 'isOpen', is_open)`,
      },
    ],
    select: sql`
      select created.*, c.name as company_name, c.status as company_status from companies c left join created on true
      where c.id = ${companyId}::uuid`,
  });
  const invite = found(rows[0], "company");
  if (invite.id === null) throw new BoardroomError("company_not_active", "The company is archived.");
  if (!replayed) sendInvite(ctx, invite, token, hash);
  return { ...invite, link: replayed ? null : linkOf(ctx.ports.publicUrl, token) };
}
