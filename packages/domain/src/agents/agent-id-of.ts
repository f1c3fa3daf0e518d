import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";

/**
 * The id behind an agent's address; `me` is the calling agent.
 * @throws BoardroomError not_found when a person says `me`
 */
export function agentIdOf(ctx: Ctx, ref: string): string {
  if (ref !== "me") return ref;
  if (ctx.actor.agentId === null) throw notFound("agent");
  return ctx.actor.agentId;
}
