import { type AcceptedInvite, BoardroomError, type JoinRequestStatus, type MemberRole } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { hashOfToken } from "./link-token.ts";

interface Row {
  company_id: string;
  company_name: string;
  issue_prefix: string;
  email: string | null;
  role: MemberRole;
  member_role: MemberRole | null;
  is_for_another: boolean;
  is_usable: boolean;
  request_status: JoinRequestStatus | null;
  has_joined: boolean;
  has_asked: boolean;
}

/**
 * Lets a person in by a link, in one statement: the same link lets one person in, however many hurry. By an open link it asks
 * those who decide.
 * @throws BoardroomError not_found; forbidden when it is for another address; conflict when it was used, withdrawn or is too old
 */
export async function acceptInvite(ctx: PersonCtx, { token }: InputOf<"invites.accept">): Promise<AcceptedInvite> {
  const [row] = await ctx.system.raw<Row>(acceptance(ctx, await hashOfToken(token)));
  const invite = found(row, "invite");
  const { company_id: companyId, company_name: companyName, issue_prefix: issuePrefix, member_role } = invite;
  return { outcome: outcomeOf(invite), companyId, companyName, issuePrefix, role: member_role ?? invite.role };
}

function outcomeOf(row: Row): AcceptedInvite["outcome"] {
  if (row.member_role) return "member";
  if (row.is_for_another)
    throw new BoardroomError("forbidden", `This invite is for ${row.email}. Sign in with that address.`);
  if (row.has_joined) return "joined";
  if (row.has_asked || row.request_status === "pending") return "requested";
  // Who was let in once and has gone since needs a new link, too.
  if (row.request_status) return "rejected";
  throw new BoardroomError("conflict", "This link was used, withdrawn or is too old. Ask for a new one.");
}

function acceptance({ person }: PersonCtx, hash: string): SQL {
  const { userId, name } = person;
  const logs = (from: string, action: string, entity: string) => sql`
    select company_id, 'user'::actor_type, ${userId}::text, ${name}::text, ${action}::text, ${entity}::text, id::text,
      jsonb_build_object('name', display_name, 'role', role) from ${sql.identifier(from)}`;
  return sql`
    with invite as (
      select i.*, c.name as company_name, c.issue_prefix, u.email as user_email, m.role as member_role, r.status as request_status,
        i.email is not null and lower(u.email) <> i.email as is_for_another,
        i.revoked_at is null and i.accepted_at is null and i.expires_at > now() and c.status <> 'archived' as is_usable
      from invites i join companies c on c.id = i.company_id join users u on u.id = ${userId}
      left join memberships m on m.company_id = i.company_id and m.user_id = u.id
      left join join_requests r on r.company_id = i.company_id and r.user_id = u.id and r.invite_id = i.id
      where i.token_hash = ${hash} for update of i),
    taken as (
      update invites i set accepted_at = now(), accepted_by_user_id = ${userId}::text, accepted_by_name = ${name}::text from invite v
      where i.company_id = v.company_id and i.id = v.id and v.is_usable and not v.is_open and not v.is_for_another
        and v.member_role is null returning i.*),
    joined as (
      insert into memberships (company_id, user_id, display_name, role)
      select company_id, ${userId}::text, ${name}::text, role from taken on conflict do nothing returning *),
    asked as (
      insert into join_requests (company_id, invite_id, user_id, display_name, email, role)
      select v.company_id, v.id, ${userId}::text, ${name}::text, v.user_email, v.role from invite v
      where v.is_usable and v.is_open and v.member_role is null and v.request_status is null
      on conflict do nothing returning *),
    logged as (
      insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, details)
      ${logs("joined", "member.joined", "member")} union all ${logs("asked", "join_request.created", "join_request")})
    select v.company_id, v.company_name, v.issue_prefix, v.email, v.role, v.member_role, v.is_for_another, v.is_usable,
      v.request_status, exists (select 1 from joined) as has_joined, exists (select 1 from asked) as has_asked
    from invite v`;
}
