import { BoardroomError, type InboxItem } from "@boardroom/contract";
import type { ReceivedWebhook } from "@boardroom/testing";

export const taskCostCents = 1.5;

/** What an agent does in a run: reads its inbox, takes the first issue, comments, reports the cost, marks it done. */
export async function workOnInbox(webhook: ReceivedWebhook, costCents = taskCostCents): Promise<InboxItem> {
  const { api, payload } = webhook;
  const { agentId, companyId } = payload.data;
  const [issue] = await api.call("agents.inboxLite", {});
  if (!issue) throw new Error("The inbox is empty");
  const params = { id: issue.id };
  await api.call("issues.checkout", { params, body: { agentId } });
  await api.call("issues.comment", { params, body: { body: "On it.", idempotencyKey: `comment-${issue.id}` } });
  await api.call("costs.report", {
    params: { cid: companyId },
    // The event's own id is the issue's: however often it is reported, it counts once.
    body: {
      id: issue.id,
      agentId,
      issueId: issue.id,
      provider: "example",
      model: "example-1",
      inputTokens: 1200,
      costCents,
    },
  });
  await api.call("issues.update", { params, body: { status: "done" } });
  return issue;
}

/** Renews and completes, as an agent does that answered 202. */
export async function renewAndComplete({ api, runId }: ReceivedWebhook, summary: string): Promise<void> {
  const { action } = await api.call("runs.renew", { params: { id: runId }, body: { progress: "Half way" } });
  if (action !== "continue") throw new Error(`Told to ${action}`);
  await api.call("runs.complete", { params: { id: runId }, body: { status: "succeeded", summary } });
}

/** How a call was refused; an error when it was not. */
export async function refusalOf(call: Promise<unknown>): Promise<BoardroomError> {
  const outcome = await call.then(
    (answer) => answer,
    (error: unknown) => error,
  );
  if (outcome instanceof BoardroomError) return outcome;
  throw new Error(`Not refused: ${outcome instanceof Error ? outcome.stack : JSON.stringify(outcome)}`);
}
