import { setTimeout as sleep } from "node:timers/promises";
import { BoardroomError } from "@boardroom/contract";
import { type AgentBehaviour, behaviours, type ReceivedWebhook } from "@boardroom/testing";
import { taskCostCents } from "./agent-work.ts";

/** When a careful agent is between two steps; a test may let something happen there. */
export type Step = "taken" | "commented" | "paid" | "done";
export interface CarefulOptions {
  /** Answers 200 after the work, or 202 before it and completes. */
  answers: 200 | 202;
  between?: (step: Step, webhook: ReceivedWebhook) => Promise<unknown>;
}

/**
 * An agent as a careful author writes it: it repeats each call until it is answered, under keys that make a repetition
 * harmless, and stops when its lease is gone.
 */
export function carefulAgent({ answers, between }: CarefulOptions): AgentBehaviour {
  const work = async (webhook: ReceivedWebhook) => {
    const { api, payload } = webhook;
    const { agentId, companyId } = payload.data;
    for (const issue of await persist(() => api.call("agents.inboxLite", {}))) {
      const params = { id: issue.id };
      const cost = { id: issue.id, agentId, issueId: issue.id, provider: "p", model: "m", costCents: taskCostCents };
      const isTaken = await persist(() => api.call("issues.checkout", { params, body: { agentId } })).then(
        () => true,
        passOverHeld,
      );
      if (!isTaken) continue;
      await between?.("taken", webhook);
      await persist(() => api.call("issues.comment", { params, body: { body: "On it.", idempotencyKey: issue.id } }));
      await between?.("commented", webhook);
      await persist(() => api.call("costs.report", { params: { cid: companyId }, body: cost }));
      await between?.("paid", webhook);
      await persist(() => api.call("issues.update", { params, body: { status: "done" } }));
      await between?.("done", webhook);
    }
  };
  if (answers === 200) return unlessSuperseded(behaviours.workThenFinish(work, { summary: "Done" }));
  return unlessSuperseded(
    behaviours.accept(async (webhook) => {
      await work(webhook);
      const { api, runId } = webhook;
      const body = { status: "succeeded" as const, summary: "Done" };
      await persist(() => api.call("runs.complete", { params: { id: runId }, body }));
    }),
  );
}

/** Another run of the same agent has it already, or had it. */
function passOverHeld(error: unknown): false {
  if (error instanceof BoardroomError && error.code === "checkout_conflict") return false;
  throw error;
}

const isLost = (error: unknown) => error instanceof BoardroomError && (error.status === 409 || error.status === 401);

/** Work under a lease that is gone is dropped: another delivery does it. */
const unlessSuperseded =
  (behaviour: AgentBehaviour): AgentBehaviour =>
  async (webhook, response) => {
    try {
      await behaviour(webhook, response);
    } catch (error) {
      if (!isLost(error)) throw error;
      if (!response.headersSent) response.writeHead(503).end();
    }
  };

/** Repeats a call that got no answer, or one that says to come again. */
export async function persist<T>(call: () => Promise<T>, giveUpAfterMs = 15_000): Promise<T> {
  for (const endAt = Date.now() + giveUpAfterMs; ; await sleep(60)) {
    try {
      return await call();
    } catch (error) {
      const isFinal = error instanceof BoardroomError && error.status < 500;
      if (isFinal || Date.now() > endAt) throw error;
    }
  }
}
