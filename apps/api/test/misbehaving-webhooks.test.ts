import type { Run } from "@boardroom/contract";
import { behaviours, startAgent, useBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { refusalOf } from "./agent-work.ts";
import { afterCheckout, expectFree, giveRun, makeDue } from "./given-run.ts";

const boardroom = useBoardroom();

/** So long an agent has that is to be in time once more, also on a busy machine. */
const patientSec = 5;

const plannedDelaySec = ({ availableAt, updatedAt }: Run) =>
  Math.round((Date.parse(availableAt) - Date.parse(updatedAt)) / 1000);

describe.concurrent("an agent's webhook", () => {
  it("that is slow but within its time succeeds", async () => {
    const given = await giveRun(boardroom, behaviours.slow(700, behaviours.finish()), { timeoutSec: 5 });
    expect(await given.waitFor("succeeded")).toMatchObject({ attempt: 1 });
  });

  it("that is too slow is called again under the same id, and its late answer is harmless", async () => {
    const slow = behaviours.slow(patientSec * 1500, behaviours.finish({ status: "failed", error: "late" }));
    const given = await giveRun(boardroom, behaviours.inTurn(slow, behaviours.finish()), { timeoutSec: patientSec });
    const waiting = await given.waitFor("queued");
    await given.server.webhook();
    const failed = await boardroom.waitForRun(given.company, given.runId, "queued");
    expect([waiting.id, failed.id]).toEqual([given.runId, given.runId]);
    expect(await given.redeliver()).toMatchObject({ status: "succeeded", attempt: 2, error: null });
    expect(given.server.received.map(({ headers }) => headers["webhook-id"])).toEqual([given.runId, given.runId]);
  });

  it("that works on after its time was up is refused with its old token, and goes on with the next", async () => {
    const given = await giveRun(
      boardroom,
      behaviours.inTurn(afterCheckout(behaviours.neverAnswer()), afterCheckout(behaviours.accept())),
      { timeoutSec: patientSec },
    );
    const first = await given.server.webhook();
    await given.waitFor("queued");
    const body = { status: "succeeded" as const };
    const complete = { params: { id: given.runId }, body };
    expect((await refusalOf(first.api.call("runs.complete", complete))).code).toBe("lease_lost");
    await makeDue(boardroom, given.runId);
    await boardroom.runScheduled();
    const second = await given.server.webhook(1);
    expect(second.payload.data.fence).toBeGreaterThan(first.payload.data.fence);
    for (const late of ["runs.complete", "runs.renew"] as const) {
      const refused = await refusalOf(first.api.call(late, { params: { id: given.runId }, body: {} }));
      expect([refused.status, refused.code]).toEqual([409, "lease_lost"]);
    }
    expect(await second.api.call("runs.complete", complete)).toMatchObject({ status: "succeeded", attempt: 2 });
  });

  it("that answers 500 is called after 5 s, 30 s, 2 min and 10 min, then given up with the reason", async () => {
    const given = await giveRun(boardroom, afterCheckout(behaviours.status(500)));
    const delays: number[] = [];
    await given.server.webhook();
    let run = await given.waitFor("queued");
    while (run.status === "queued" && delays.length < 9) {
      expect(run.error).toBe("The agent answered 500.");
      expect(await expectFree(given)).toBe("idle");
      delays.push(plannedDelaySec(run));
      run = await given.redeliver();
    }
    expect(delays).toHaveLength(4);
    // Up to a tenth later by chance, so that what failed together doesn't come back together.
    for (const [index, planned] of [5, 30, 120, 600].entries()) {
      expect(delays[index]).toBeGreaterThanOrEqual(planned);
      expect(delays[index]).toBeLessThanOrEqual(planned * 1.1 + 1);
    }
    expect(run).toMatchObject({
      status: "failed",
      attempt: 5,
      errorCode: "http_500",
      error: "The agent answered 500. Gave up after 5 deliveries.",
    });
    expect(new Set(given.server.received.map(({ headers }) => headers["webhook-id"]))).toEqual(new Set([given.runId]));
    const events = await given.company.board.call("runs.events", { params: { id: given.runId } });
    expect(events.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^The agent answered 500\. Next delivery in 1[23]\d s\.$/),
    );
    expect(await expectFree(given)).toBe("idle");
  });

  it("that asks for more time with 429 gets it", async () => {
    const given = await giveRun(boardroom, behaviours.status(429, { "retry-after": "40" }));
    await given.server.webhook();
    const run = await given.waitFor("queued");
    expect(plannedDelaySec(run)).toBe(40);
  });

  it("that answers 410 puts the agent in error until the board resumes it", async () => {
    const given = await giveRun(boardroom, behaviours.status(410));
    const run = await given.waitFor("failed");
    expect(run).toMatchObject({ errorCode: "endpoint_gone", error: expect.stringContaining("410") });
    expect(await expectFree(given)).toBe("error");
    const { board } = given.company;
    const params = { id: given.agent.id };
    expect((await refusalOf(board.call("agents.invoke", { params, body: {} }))).code).toBe("agent_not_invokable");
    given.server.behave(behaviours.finish());
    await board.call("agents.resume", { params, body: {} });
    const next = await given.server.webhook(1);
    expect(await boardroom.waitForRun(given.company, next.runId, "succeeded")).toMatchObject({ error: null });
  });

  it("that redirects is not followed", async () => {
    const elsewhere = await startAgent(behaviours.finish());
    const given = await giveRun(boardroom, behaviours.redirect(elsewhere.url));
    const run = await given.waitFor("failed");
    expect(run).toMatchObject({ errorCode: "redirected", error: expect.stringContaining("redirect (307)") });
    expect([elsewhere.received.length, elsewhere.refusedCount()]).toEqual([0, 0]);
    await expectFree(given);
    await elsewhere.stop();
  });

  it("that sends 10 MB fails with the limit as its reason", async () => {
    const given = await giveRun(boardroom, afterCheckout(behaviours.flood()));
    expect(await given.waitFor("failed")).toMatchObject({
      errorCode: "response_too_large",
      error: "The agent's answer is larger than 1 MiB.",
    });
    await expectFree(given);
  });

  it("that never answers is given up after five deliveries", async () => {
    const given = await giveRun(boardroom, afterCheckout(behaviours.neverAnswer()), { timeoutSec: 1 });
    await given.server.webhook();
    let run = await given.waitFor("queued");
    expect(run).toMatchObject({ errorCode: "timeout", error: "The agent did not answer within 1 s." });
    while (run.status === "queued") run = await given.redeliver();
    expect(run).toMatchObject({ status: "failed", attempt: 5, error: expect.stringContaining("did not answer") });
    await expectFree(given);
  });

  it("that breaks the connection is called again", async () => {
    const given = await giveRun(
      boardroom,
      behaviours.inTurn(afterCheckout(behaviours.hangUp()), afterCheckout(behaviours.finish())),
    );
    await given.server.webhook();
    expect(await given.waitFor("queued")).toMatchObject({ errorCode: "network", error: /can't be reached/ });
    expect(await given.redeliver()).toMatchObject({ status: "succeeded", attempt: 2 });
  });

  it("whose server is gone is given up with the reason", async () => {
    const given = await giveRun(boardroom, behaviours.hangUp());
    await given.waitFor("queued");
    await given.server.stop();
    let run = await given.redeliver();
    while (run.status === "queued") run = await given.redeliver();
    expect(run).toMatchObject({ status: "failed", attempt: 5, errorCode: "network" });
    expect(run.error).toMatch(/can't be reached.*Gave up after 5 deliveries/);
    await expectFree(given);
  });

  it("that answers 200 with something that is no JSON has succeeded without a result", async () => {
    const given = await giveRun(boardroom, behaviours.status(200, {}, "<html>fine</html>"));
    expect(await given.waitFor("succeeded")).toMatchObject({ error: null, resultJson: { status: "succeeded" } });
  });

  it("that answers a result of the wrong form fails with what is wrong", async () => {
    const given = await giveRun(
      boardroom,
      afterCheckout(behaviours.status(200, {}, JSON.stringify({ status: "great", costUsd: "lots" }))),
    );
    expect(await given.waitFor("failed")).toMatchObject({
      errorCode: "invalid_result",
      error: expect.stringContaining("status"),
    });
    await expectFree(given);
  });

  it("that answers a failure fails with the agent's own words", async () => {
    const result = { status: "failed" as const, error: "No network\nat all", errorCode: "offline" };
    const given = await giveRun(boardroom, afterCheckout(behaviours.finish(result)));
    expect(await given.waitFor("failed")).toMatchObject({ error: result.error, errorCode: "offline" });
    await expectFree(given);
  });
});
