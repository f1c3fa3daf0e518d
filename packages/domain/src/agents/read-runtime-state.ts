import type { OperationOutput, Operations } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { agentIdOf } from "./agent-id-of.ts";
import { shownSession } from "./own-session.ts";

/** What an agent carries from run to run; other agents see no session. */
export async function readRuntimeState(
  ctx: Ctx,
  { id }: InputOf<"agents.runtimeState">,
): Promise<OperationOutput<Operations["agents.runtimeState"]>> {
  const { agentRuntimeState: states } = schema;
  const query = ctx.db.build
    .select()
    .from(states)
    .where(and(eq(states.companyId, ctx.db.companyId), eq(states.agentId, agentIdOf(ctx, id))));
  const [state] = await ctx.db.read(query);
  return shownSession(ctx, found(state, "agent"));
}
