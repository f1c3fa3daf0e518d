import type { Member } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { lockOwners, type MemberProblem, problemOfLosingRole, refusalOf, requireMayGive } from "./owner-rules.ts";

/**
 * Changes a member's role at once. Links that they made and may not make any more are withdrawn.
 * @throws BoardroomError forbidden for owners, when the caller is none; conflict for the last owner
 */
export async function updateMember(ctx: Ctx, { mid, role }: InputOf<"members.update">): Promise<Member> {
  requireMayGive(ctx, role);
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.memberships, { problem: MemberProblem | null }>(ctx, schema.memberships, {
    before: lockOwners(companyId),
    with: {
      target: sql`
        select m.*, case when ${role}::member_role <> m.role then ${problemOfLosingRole(ctx)} end as problem
        from memberships m where m.company_id = ${companyId}::uuid and m.id = ${mid}::uuid for update`,
      changed: sql`
        update memberships m set role = ${role}::member_role from target
        where m.company_id = target.company_id and m.id = target.id and target.problem is null and target.role <> ${role}::member_role
        returning m.*, target.role as former_role`,
      withdrawn: sql`
        update invites i set revoked_at = now() from changed
        where i.company_id = changed.company_id and i.invited_by_user_id = changed.user_id and i.revoked_at is null
          and i.accepted_at is null and changed.role <> 'owner' and (changed.role <> 'admin' or i.role = 'owner')
        returning i.id`,
    },
    activity: [
      {
        from: "changed",
        action: "member.role_changed",
        entityType: "member",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', display_name, 'from', former_role, 'to', role)`,
      },
    ],
    select: sql`
      select t.company_id, t.id, t.user_id, t.display_name, coalesce((select role from changed), t.role) as role, t.created_at, t.problem
      from target t`,
  });
  const { problem, ...member } = found(rows[0], "member");
  if (problem) throw refusalOf(problem);
  return member;
}
