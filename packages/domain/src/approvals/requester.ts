import type { Actor } from "../context.ts";

/** Who asks, as an approval keeps it. */
export const requesterOf = (actor: Actor) => ({
  requestedByAgentId: actor.agentId,
  requestedByUserId: actor.type === "user" ? actor.id : null,
  requestedByRunId: actor.runId,
});
