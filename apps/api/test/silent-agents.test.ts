import { behaviours, useBoardroom, waitUntil } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { refusalOf } from "./agent-work.ts";
import { afterCheckout, expectFree, giveRun, makeDue } from "./given-run.ts";

const boardroom = useBoardroom();

/** Until Boardroom has noted the 202: a run that is just being written to is left to the next tick. */
const untilAccepted = (runId: string) =>
  waitUntil("the run to be acknowledged", async () => {
    const [run] = await boardroom.ownerQuery<{ is: boolean }>(
      "select acknowledged_at is not null as is from heartbeat_runs where id = $1",
      [runId],
    );
    return run?.is ? run : "not yet";
  });

describe.concurrent("an agent that answers 202 and falls silent", () => {
  it("loses its lease, frees the issue and is tried again by a new run; the late one changes nothing", async () => {
    const given = await giveRun(boardroom, afterCheckout(behaviours.accept()));
    const { company, server, runId, issue } = given;
    const { api } = await server.webhook();
    await untilAccepted(runId);
    await company.board.call("issues.activeRun", { params: { id: issue.id } });
    await boardroom.expireLease(runId);
    await boardroom.runScheduled();
    const lost = await given.waitFor("lost", "queued");
    expect(lost).toMatchObject({ status: "lost", error: expect.stringContaining("fell silent") });
    await expectFree(given);

    const late = [
      () => api.call("runs.renew", { params: { id: runId }, body: {} }),
      () => api.call("runs.complete", { params: { id: runId }, body: { status: "succeeded" } }),
      () => api.call("issues.checkout", { params: { id: issue.id }, body: { agentId: given.agent.id } }),
      () => api.call("issues.comment", { params: { id: issue.id }, body: { body: "Late" } }),
    ];
    for (const call of late) {
      const { status, code } = await refusalOf(call());
      expect([status, code]).toEqual([409, "lease_lost"]);
    }
    expect(await company.board.call("issues.comments", { params: { id: issue.id } })).toEqual([]);

    const runs = await company.board.call("runs.list", { params: { cid: company.cid } });
    const retry = runs.find(({ retryOfRunId }) => retryOfRunId === runId);
    if (!retry) throw new Error("There is no new run");
    server.behave(afterCheckout(behaviours.finish()));
    await makeDue(boardroom, retry.id);
    await boardroom.runScheduled();
    const { headers } = await server.webhook(1);
    expect(headers["webhook-id"]).toBe(retry.id);
    await boardroom.waitForRun(company, retry.id, "succeeded");
  });

  it("is tried again twice and not for ever", async () => {
    const given = await giveRun(boardroom, behaviours.accept());
    const { company, server } = given;
    const runIds: string[] = [];
    for (let index = 0; index < 3; index++) {
      const { runId } = await server.webhook(index);
      runIds.push(runId);
      await untilAccepted(runId);
      await boardroom.expireLease(runId);
      await boardroom.runScheduled();
      await boardroom.waitForRun(company, runId, "lost");
      const [next] = await company.board.call("runs.live", { params: { cid: company.cid } });
      if (!next) break;
      await makeDue(boardroom, next.id);
      await boardroom.runScheduled();
    }
    expect(new Set(runIds).size).toBe(3);
    expect(await company.board.call("runs.live", { params: { cid: company.cid } })).toEqual([]);
    expect(server.received).toHaveLength(3);
    await expectFree(given);
  });
});
