import type { ShownInvite } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { DeviceCtx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { hashOfToken } from "./link-token.ts";

/** What somebody who holds a link sees of it before they are in. */
export async function showInvite({ system }: DeviceCtx, { token }: InputOf<"invites.get">): Promise<ShownInvite> {
  const [shown] = await system.raw<ShownInvite>(sql`
    select c.name as "companyName", i.invited_by_name as "invitedByName", i.role, i.email, i.is_open as "isOpen",
      case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null or c.status = 'archived' then 'revoked'
        when i.expires_at <= now() then 'expired' else 'open' end as state,
      ${isoText(sql`i.expires_at`)} as "expiresAt"
    from invites i join companies c on c.id = i.company_id where i.token_hash = ${await hashOfToken(token)}`);
  return found(shown, "invite");
}
