import { BoardroomError, type MemberRole } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/** Why a change of who is in, and as what, is refused. */
export type MemberProblem = "takes_owner" | "last_owner";

export const isOwner = ({ actor }: Ctx): boolean => actor.kind === "user" && actor.role === "owner";

/** @throws BoardroomError forbidden when a role is more than the caller may give */
export function requireMayGive(ctx: Ctx, role: MemberRole): void {
  if (role === "owner" && !isOwner(ctx)) throw takesOwner();
}

/** Owners who go or step down at the same moment wait for each other, so that of two last ones one stays. */
export const lockOwners = (companyId: string): SQL =>
  sql`select id from memberships where company_id = ${companyId}::uuid and role = 'owner' order by id for update`;

/** The problem, or null, of taking a membership `m` its role, where it is an owner's. */
export const problemOfLosingRole = (ctx: Ctx): SQL => sql`
  case when m.role <> 'owner' then null
    when not ${isOwner(ctx)}::boolean then 'takes_owner'
    when (select count(*) from memberships o where o.company_id = m.company_id and o.role = 'owner') < 2 then 'last_owner' end`;

export const refusalOf = (problem: MemberProblem): BoardroomError =>
  problem === "takes_owner"
    ? takesOwner()
    : new BoardroomError("conflict", "A company keeps an owner. Make somebody else an owner first.");

const takesOwner = () => new BoardroomError("forbidden", "Only an owner decides about owners.", { needed: "owner" });
