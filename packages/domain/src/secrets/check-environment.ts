import { BoardroomError } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import { checkReferences } from "./check-references.ts";

/**
 * Looks at the environment of a project or a routine before it is kept; agents don't set any, because others run in it.
 * @throws BoardroomError forbidden, unusable_reference for a secret that isn't there
 */
export async function checkEnvironment(ctx: Ctx, env: Record<string, string> | undefined): Promise<void> {
  if (env === undefined) return;
  if (ctx.actor.agentId !== null) throw new BoardroomError("forbidden", "Only the board sets environments.");
  await checkReferences(ctx, "env", env, null);
}
