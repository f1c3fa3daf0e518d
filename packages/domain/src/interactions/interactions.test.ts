import { interaction } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { openWorkshop } from "../../test/open-workshop.ts";
import { completeRun } from "../heartbeat/index.ts";
import { queueWake } from "../heartbeat/queue-wake.ts";
import * as interactions from "./index.ts";

const db = useDomainDatabase();
const question = {
  kind: "request_confirmation",
  payload: { version: 1, prompt: "Ship it?", acceptLabel: "Ship" },
} as const;

/** A run that asked for a confirmation, and ended with its work safe. */
async function openQuestion() {
  const shop = await openWorkshop(db);
  const issue = await shop.issue();
  const job = await shop.start(issue);
  const asked = await interactions.createInteraction(job.ctx, { id: issue.id, ...question });
  await job.report("finalize");
  await completeRun(job.ctx, { id: job.run.id, status: "succeeded" });
  return { ...shop, newIssue: shop.issue, issue, job, asked, answer: { id: issue.identifier, iid: asked.id } };
}
const wakeOf = async (issueId: string) =>
  (
    await db.owner.query("select reason, source, payload, hop from wakes where issue_id = $1 and status = 'open'", [
      issueId,
    ])
  ).rows;

describe("a question to the board", () => {
  it("has a payload of its kind; others are refused in words", async () => {
    const { board, issue, asked, agent } = await openQuestion();
    expect(interaction.parse(asked)).toMatchObject({ status: "pending", createdByAgentId: agent.id, result: null });
    await expect(
      interactions.createInteraction(board, {
        id: issue.id,
        kind: "suggest_tasks",
        payload: { version: 1, tasks: [] },
      }),
    ).rejects.toMatchObject({ code: "invalid_request", details: [{ path: "payload.tasks" }] });
    const wrong = { ...question, payload: { version: 1 } };
    await expect(interactions.createInteraction(board, { id: issue.id, ...wrong })).rejects.toMatchObject({
      code: "invalid_request",
      details: [{ path: "payload.prompt" }],
    });
  });

  it.each(["accept", "reject"] as const)("wakes who asked when the board says %s, with the note", async (verb) => {
    const { board, issue, answer, tenant, asked } = await openQuestion();
    tenant.ports.dispatched.length = 0;
    const resolve = verb === "accept" ? interactions.acceptInteraction : interactions.rejectInteraction;
    const status = verb === "accept" ? "accepted" : "rejected";
    expect(await resolve(board, { ...answer, note: "After lunch" })).toMatchObject({
      status,
      result: { outcome: status, note: "After lunch" },
    });
    expect(await wakeOf(issue.id)).toMatchObject([
      {
        reason: "interaction_resolved",
        source: "automation",
        payload: { interactionId: asked.id, interactionStatus: status, note: "After lunch" },
      },
    ]);
    expect(tenant.ports.dispatched).toHaveLength(1);
  });

  it("is answered once, however many answer at once", async () => {
    const { board, answer, issue } = await openQuestion();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        n % 2 ? interactions.acceptInteraction(board, answer) : interactions.rejectInteraction(board, answer),
      ),
    );
    const answers = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value.status] : []));
    expect(new Set(answers).size).toBe(1);
    expect(answers).toHaveLength(4);
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason.code).toBe("stale_state");
    expect(await wakeOf(issue.id)).toHaveLength(1);
  });

  it("is taken back by the agent that asked or by the board, by no other agent", async () => {
    const { board, answer, tenant, agent, hire } = await openQuestion();
    const other = tenant.asAgent(await hire("Bob"));
    await expect(interactions.cancelInteraction(other, answer)).rejects.toMatchObject({ code: "forbidden" });
    expect(await interactions.cancelInteraction(tenant.asAgent(agent), answer)).toMatchObject({
      status: "cancelled",
      resolvedByUserId: null,
    });
    await expect(interactions.acceptInteraction(board, answer)).rejects.toMatchObject({
      code: "stale_state",
      details: { status: "cancelled" },
    });
    const { items } = await interactions.listInteractions(board, { id: answer.id, limit: 5, status: "cancelled" });
    expect(items).toHaveLength(1);
  });

  it("can't be answered by another company, or under another issue", async () => {
    const [mine, theirs] = [await openQuestion(), await openQuestion()];
    const missing = { code: "not_found" };
    await expect(interactions.acceptInteraction(mine.board, theirs.answer)).rejects.toMatchObject(missing);
    await expect(
      interactions.acceptInteraction(mine.board, { ...mine.answer, iid: theirs.asked.id }),
    ).rejects.toMatchObject(missing);
    const elsewhere = await mine.newIssue("Other");
    await expect(
      interactions.acceptInteraction(mine.board, { ...mine.answer, id: elsewhere.id }),
    ).rejects.toMatchObject(missing);
  });
});

it("the same question under one key is asked once", async () => {
  const { board, issue } = await openQuestion();
  const once = { ...board, idempotency: { key: "k1", operation: "interactions.create", bodyHash: "h" } };
  const ask = () => interactions.createInteraction(once, { id: issue.id, ...question });
  const asked = await Promise.all([ask(), ask(), ask()]);
  expect(new Set(asked.map(({ id, idempotencyKey }) => `${id} ${idempotencyKey}`))).toEqual(
    new Set([`${asked[0]?.id} k1`]),
  );
});

describe("a yes and a new run in the issue's workspace, at once", () => {
  it("come one before the other, and never stop each other", { timeout: 120_000 }, async () => {
    for (let round = 0; round < 15; round++) {
      const { board, answer, issue, claim, agent } = await openQuestion();
      const request = { triggerDetail: null, reason: "run_now", payload: null, source: "on_demand" } as const;
      await queueWake(board, { ...request, agentId: agent.id, issueId: issue.id });
      const [claimed, accepted] = await Promise.allSettled([
        claim(issue),
        interactions.acceptInteraction(board, answer),
      ]);
      expect(claimed).toMatchObject({ status: "fulfilled", value: { verdict: "claimed" } });
      if (accepted.status === "rejected") expect(accepted.reason).toMatchObject({ code: "conflict" });
    }
  });
});
