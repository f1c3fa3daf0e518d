import { BoardroomError } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { isAbove } from "./chain-of-command.ts";

/**
 * Whether the caller may change what the agent `owner` (an expression) is in charge of: the owner, those above it, people; and
 * anybody where nobody is in charge.
 */
export function isInCharge({ actor }: Ctx, companyId: string, owner: SQL): SQL {
  if (actor.agentId === null) return sql`true`;
  const caller = sql`${actor.agentId}::uuid`;
  return sql`(${owner} is null or ${owner} = ${caller} or ${isAbove(sql`${companyId}::uuid`, caller, owner)})`;
}

export const notInCharge = (noun: string) =>
  new BoardroomError("forbidden", `Another agent is in charge of this ${noun}. Ask it, your manager or the board.`);
