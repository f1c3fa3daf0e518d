import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { lockOwners, type MemberProblem, problemOfLosingRole, refusalOf } from "./owner-rules.ts";

/**
 * Removes a member: whoever they are signed in as or hold keys for, the next call finds them in the company no more.
 * @throws BoardroomError forbidden for owners, when the caller is none; conflict for the last owner
 */
export const removeMember = (ctx: Ctx, { mid }: InputOf<"members.remove">): Promise<void> =>
  endMembership(ctx, sql`m.id = ${mid}::uuid`, "member.removed");

/** Takes the caller out of the company. @throws BoardroomError conflict for the last owner */
export const leaveCompany = (ctx: Ctx): Promise<void> =>
  endMembership(ctx, sql`m.user_id = ${ctx.actor.id}::text`, "member.left");

/** With a membership go the links that the member made, and what told their browsers. */
async function endMembership(ctx: Ctx, which: SQL, action: string): Promise<void> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.memberships, { problem: MemberProblem | null }>(ctx, schema.memberships, {
    before: lockOwners(companyId),
    with: {
      target: sql`
        select m.*, ${problemOfLosingRole(ctx)} as problem from memberships m
        where m.company_id = ${companyId}::uuid and ${which} for update`,
      ended: sql`
        delete from memberships m using target
        where m.company_id = target.company_id and m.id = target.id and target.problem is null returning m.*`,
      withdrawn: sql`
        update invites i set revoked_at = now() from ended
        where i.company_id = ended.company_id and i.invited_by_user_id = ended.user_id and i.revoked_at is null and i.accepted_at is null
        returning i.id`,
      forgotten: sql`
        delete from push_subscriptions p using ended where p.company_id = ended.company_id and p.user_id = ended.user_id returning p.id`,
    },
    activity: [
      {
        from: "ended",
        action,
        entityType: "member",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', display_name, 'role', role, 'userId', user_id)`,
      },
    ],
    select: sql`select * from target`,
  });
  const { problem } = found(rows[0], "member");
  if (problem) throw refusalOf(problem);
}
