import { expect } from "vitest";
import type { ModelRun, RunModel } from "./run-model.ts";
import { type RunReality, readWorld, type StoredRun } from "./run-reality.ts";

/** Everything that is stored must be what the model says, run by run. */
export async function compareWorlds(model: RunModel, reality: RunReality): Promise<void> {
  const stored = await readWorld(reality);
  for (const retry of model.expectedRetries.splice(0)) {
    const made = stored.runs.find(({ retryOfRunId }) => retryOfRunId === retry.state.retryOfRunId);
    expect(made, `a run that retries ${retry.state.retryOfRunId}`).toBeDefined();
    if (made) retry.state = { ...retry.state, id: made.id };
  }
  const wanted = model.runs.map((run) => describeRun(model, reality, run)).toSorted(byId);
  expect({ runs: stored.runs.toSorted(byId), holders: stored.holders }).toEqual({
    runs: wanted,
    holders: model.holders,
  });
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

function describeRun(
  { now }: RunModel,
  { agents, issueIds }: RunReality,
  { state, agent, issue, wake, waitReason }: ModelRun,
): StoredRun {
  const { id, status, attempt, fence, availableAt, leaseExpiresAt, isAcknowledged, cancelRequestedAt, errorFamily } =
    state;
  return {
    id,
    agentId: agents[agent]?.id ?? "",
    issueId: issue === null ? null : (issueIds[issue] ?? ""),
    status,
    attempt,
    fence,
    isDue: availableAt <= now,
    lease: leaseExpiresAt === null ? "none" : leaseExpiresAt <= now ? "over" : "live",
    isAcknowledged,
    isCancelled: cancelRequestedAt !== null,
    errorFamily,
    retryOfRunId: state.retryOfRunId,
    retryNumber: state.retryNumber,
    waitReason,
    wake,
  };
}
