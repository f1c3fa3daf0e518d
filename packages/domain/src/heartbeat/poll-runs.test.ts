import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { addHeartbeatAgent, addIssue, asSystem, claim, letTimePass, wakeByBoard } from "../../test/heartbeat-steps.ts";
import type { Invocation, InvocationOutcome } from "../ports.ts";
import { cancelRun } from "./cancel-run.ts";
import { pollRuns } from "./poll-runs.ts";
import { startDelivery } from "./start-delivery.ts";
import { tick } from "./tick.ts";

const domain = useDomainDatabase();
const accepted: InvocationOutcome = { kind: "accepted", httpStatus: 200, externalRunId: "task-1" };
const broken: InvocationOutcome = {
  kind: "failed",
  retryable: true,
  errorCode: "network",
  message: "Away.",
  retryAfterMs: null,
};

/** A company with an A2A agent that has accepted a run, and what it is asked from then on. */
async function givenAccepted(adapterType = "a2a") {
  const tenant = await domain.newTenant();
  const agent = await addHeartbeatAgent(domain, tenant);
  await domain.owner.query("update agents set adapter_type = $2, adapter_config = $3 where id = $1", [
    agent.id,
    adapterType,
    { url: "https://agents.example.com" },
  ]);
  const runId = await wakeByBoard(tenant, agent, await addIssue(domain, tenant, agent));
  const asked: Invocation[] = [];
  let answer: InvocationOutcome = accepted;
  const ports = {
    ...tenant.ports,
    async invoke(invocation: Invocation) {
      asked.push(invocation);
      return answer;
    },
  };
  const system = { ...asSystem(tenant), ports };
  const { callAgent } = await startDelivery(system, runId);
  await callAgent?.();
  asked.length = 0;
  return {
    tenant,
    ports,
    system,
    runId,
    asked,
    answers(next: InvocationOutcome) {
      answer = next;
    },
    poll: () => pollRuns(domain.database.system("test"), () => system),
    async run() {
      const { rows } = await domain.owner.query(
        "select *, lease_expires_at - now() as left from heartbeat_runs where id = $1",
        [runId],
      );
      return rows[0];
    },
  };
}

describe("a run whose agent doesn't call back", () => {
  it("is asked about by the name that the agent gave it, and renewed while it goes on", async () => {
    const given = await givenAccepted();
    expect(await given.run()).toMatchObject({ status: "running", external_run_id: "task-1" });
    await letTimePass(domain, given.runId, 200);
    expect(await given.poll()).toBe(1);
    expect(given.asked).toMatchObject([
      { externalRunId: "task-1", payload: { type: "heartbeat.poll", data: { runId: given.runId } } },
    ]);
    const { rows } = await domain.owner.query(
      "select lease_expires_at > now() + interval '250 seconds' as is_renewed from heartbeat_runs where id = $1",
      [given.runId],
    );
    expect(rows).toEqual([{ is_renewed: true }]);
  });

  it("ends with what the agent's task ended with", async () => {
    const given = await givenAccepted();
    const result = { status: "succeeded" as const, summary: "Done.", sessionParams: { sessionId: "ctx-1" } };
    given.answers({ kind: "finished", httpStatus: 200, result });
    const report = await tick(domain.database.system("test"), { ...given.ports, contextFor: () => given.system });
    expect(report.polled).toBe(1);
    expect(await given.run()).toMatchObject({ status: "succeeded", session_id_after: "ctx-1" });
    expect(await given.poll()).toBe(0);
  });

  it("ends when the agent doesn't know it any more", async () => {
    const given = await givenAccepted();
    given.answers({ ...broken, retryable: false, errorCode: "task_not_found" });
    expect(await given.poll()).toBe(1);
    expect(await given.run()).toMatchObject({ status: "failed", error_code: "task_not_found" });
  });

  it("keeps its lease, no longer, while the agent can't be asked", async () => {
    const given = await givenAccepted();
    const { lease_expires_at: before } = await given.run();
    given.answers(broken);
    expect(await given.poll()).toBe(0);
    expect(await given.run()).toMatchObject({ status: "running", lease_expires_at: before });
  });

  it("is told to stop by its own name, and doesn't get its lease back", async () => {
    const given = await givenAccepted();
    const told: (() => Promise<unknown>)[] = [];
    const board = {
      ...given.tenant.board,
      ports: { ...given.ports, afterwards: (task: () => Promise<unknown>) => void told.push(task) },
    };
    await cancelRun(board, { id: given.runId });
    for (const task of told) await task();
    await given.poll();
    expect(given.asked.map(({ payload, externalRunId }) => [payload.type, externalRunId])).toEqual([
      ["heartbeat.cancel", "task-1"],
      ["heartbeat.poll", "task-1"],
      ["heartbeat.cancel", "task-1"],
    ]);
    const { rows } = await domain.owner.query(
      "select lease_expires_at <= now() + interval '30 seconds' as is_short from heartbeat_runs where id = $1",
      [given.runId],
    );
    expect(rows).toEqual([{ is_short: true }]);
  });

  it("is told to stop at its deadline", async () => {
    const given = await givenAccepted();
    await domain.owner.query("update heartbeat_runs set deadline_at = now() - interval '1 second' where id = $1", [
      given.runId,
    ]);
    await given.poll();
    expect(given.asked.map(({ payload }) => payload.type)).toEqual(["heartbeat.poll", "heartbeat.cancel"]);
  });
});

it("agents that call back aren't asked", async () => {
  const given = await givenAccepted("openclaw_gateway");
  expect(await given.run()).toMatchObject({ status: "running", external_run_id: "task-1" });
  expect(await given.poll()).toBe(0);
  expect(given.asked).toEqual([]);
});

it("a run is not asked about once its lease is over, nor twice claimed for it", async () => {
  const given = await givenAccepted();
  await letTimePass(domain, given.runId, 400);
  expect(await given.poll()).toBe(0);
  expect((await claim(given.tenant, given.runId))?.verdict).toBe("not_queued");
});
