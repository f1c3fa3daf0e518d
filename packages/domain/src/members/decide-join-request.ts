import { BoardroomError, type JoinRequest, type JoinRequestStatus, type MemberRole } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { isOwner, requireMayGive } from "./owner-rules.ts";

/** Lets somebody in who asked. @throws BoardroomError forbidden for a role that isn't the caller's to give; conflict when rejected */
export const approveJoinRequest = (ctx: Ctx, { jid, role }: InputOf<"joinRequests.approve">): Promise<JoinRequest> =>
  decide(ctx, jid, "approved", role ?? null);

/** @throws BoardroomError conflict when they were let in already: then they are removed as a member */
export const rejectJoinRequest = (ctx: Ctx, { jid }: InputOf<"joinRequests.reject">): Promise<JoinRequest> =>
  decide(ctx, jid, "rejected", null);

async function decide(
  ctx: Ctx,
  id: string,
  verdict: Exclude<JoinRequestStatus, "pending">,
  role: MemberRole | null,
): Promise<JoinRequest> {
  if (role) requireMayGive(ctx, role);
  const { rows } = await mutate(ctx, schema.joinRequests, {
    with: {
      target: sql`select * from join_requests where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid for update`,
      decided: sql`
        update join_requests r set status = ${verdict}::join_request_status, role = coalesce(${role}::member_role, r.role),
          decided_by_user_id = ${ctx.actor.id}::text, decided_by_name = ${ctx.actor.name}::text, decided_at = now()
        from target
        where r.company_id = target.company_id and r.id = target.id and target.status = 'pending'
          and (${verdict}::text = 'rejected' or coalesce(${role}::member_role, target.role) <> 'owner' or ${isOwner(ctx)}::boolean)
        returning r.*`,
      joined: sql`
        insert into memberships (company_id, user_id, display_name, role)
        select company_id, user_id, display_name, role from decided where status = 'approved' on conflict do nothing returning id`,
    },
    activity: [
      {
        from: "decided",
        action: `join_request.${verdict}`,
        entityType: "join_request",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', display_name, 'role', role)`,
      },
    ],
    select: sql`select * from decided union all select * from target where not exists (select 1 from decided)`,
  });
  const request = found(rows[0], "request");
  if (request.status === "pending") requireMayGive(ctx, request.role);
  if (request.status !== verdict) throw new BoardroomError("conflict", `The request was ${request.status} already.`);
  return request;
}
