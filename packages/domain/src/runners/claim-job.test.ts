import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { addIssue, asSystem, codeOf, wakeByBoard } from "../../test/heartbeat-steps.ts";
import { addLocalAgent, addMachine, machineSelf } from "../../test/machines.ts";
import { pauseAgent } from "../agents/pause-agent.ts";
import { terminateAgent } from "../agents/terminate-agent.ts";
import { updateAgent } from "../agents/update-agent.ts";
import { cancelRun } from "../heartbeat/cancel-run.ts";
import { completeRun } from "../heartbeat/complete-run.ts";
import { deliverRun } from "../heartbeat/deliver-run.ts";
import { enqueueWaiting } from "../heartbeat/enqueue-waiting.ts";
import { getRun } from "../heartbeat/get-run.ts";
import { reconcileRunner } from "./reconcile-runner.ts";
import { revokeRunner } from "./revoke-runner.ts";
import { updateRunner } from "./update-runner.ts";

const domain = useDomainDatabase();

describe("a run that needs a machine", () => {
  it("waits for one when it is delivered, tells those that could take it, and leaves the queue alone", async () => {
    const tenant = await domain.newTenant();
    const ada = await addLocalAgent(domain, tenant, { runner: { labels: ["mac"] } });
    const [mac] = [await addMachine(domain, tenant, { labels: ["mac", "fast"] }), await addMachine(domain, tenant)];
    const runId = await wakeByBoard(tenant, ada);
    expect(await deliverRun(asSystem(tenant), runId)).toBe("runner");
    const { ports } = tenant.board;
    expect(ports.runnerHub.told).toEqual([{ runnerIds: [mac.id], hint: { type: "work" } }]);
    expect(ports.invocations).toEqual([]);
    expect(await getRun(tenant.board, { id: runId })).toMatchObject({ status: "queued", waitReason: "runner" });
    const enqueued: string[] = [];
    await enqueueWaiting(domain.database.system("test"), {
      enqueue: async (runs) => void enqueued.push(...runs.map((run) => run.runId)),
    });
    expect(enqueued).not.toContain(runId);
  });

  it("is told to machines that fit it once its agent's labels were changed", async () => {
    const tenant = await domain.newTenant();
    const ada = await addLocalAgent(domain, tenant, { runner: { labels: ["mac"] } });
    const machine = await addMachine(domain, tenant, { labels: ["linux"] });
    const runId = await wakeByBoard(tenant, ada);
    const { ports } = tenant.board;
    await deliverRun(asSystem(tenant), runId);
    expect(ports.runnerHub.told).toEqual([{ runnerIds: [], hint: { type: "work" } }]);
    ports.dispatched.length = 0;
    await updateAgent(tenant.board, { id: ada.id, runtimeConfig: { runner: { runnerId: null, labels: ["linux"] } } });
    expect(ports.dispatched).toEqual([{ companyId: tenant.companyId, runId }]);
    await deliverRun(asSystem(tenant), runId);
    expect(ports.runnerHub.told.at(-1)).toEqual({ runnerIds: [machine.id], hint: { type: "work" } });
  });

  it("is given to one of sixteen machines that ask at the same moment", async () => {
    const tenant = await domain.newTenant();
    const ada = await addLocalAgent(domain, tenant);
    const machines = await Promise.all(
      Array.from({ length: 16 }, (_, at) => addMachine(domain, tenant, { name: `M${at}` })),
    );
    const runId = await wakeByBoard(tenant, ada);
    const claims = await Promise.all(machines.map((machine) => machine.claim()));
    const given = claims.filter((claim) => claim !== null);
    expect(given).toHaveLength(1);
    const run = await getRun(tenant.board, { id: runId });
    expect(run).toMatchObject({ status: "running", attempt: 1, fence: Number(given[0]?.jti.split(":")[1]) });
    expect(given[0]?.aud).toBe(run.runnerId);
  });

  it("never fills a machine beyond its slots, also when its credential is used twice at once", async () => {
    const tenant = await domain.newTenant();
    const machine = await addMachine(domain, tenant, { slots: 2 });
    for (const ada of await Promise.all(Array.from({ length: 5 }, () => addLocalAgent(domain, tenant))))
      await wakeByBoard(tenant, ada);
    const claims = await Promise.all(Array.from({ length: 8 }, () => machine.claim()));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(2);
    expect(await machine.claim()).toBeNull();
  });

  it("goes only to a machine that offers its kind, has all its labels, is named, takes the agent, and is active", async () => {
    const tenant = await domain.newTenant();
    const [ada, bob] = [
      await addLocalAgent(domain, tenant, { runner: { labels: ["mac", "gpu"] } }),
      await addLocalAgent(domain, tenant),
    ];
    const wrong = [
      await addMachine(domain, tenant, { labels: ["mac"] }),
      await addMachine(domain, tenant, { labels: ["mac", "gpu"], adapters: ["codex_local"] }),
      await addMachine(domain, tenant, { labels: ["mac", "gpu"], agentIds: [bob.id] }),
    ];
    const drained = await addMachine(domain, tenant, { labels: ["mac", "gpu"] });
    await updateRunner(tenant.board, { id: drained.id, status: "draining" });
    await wakeByBoard(tenant, ada);
    for (const machine of [...wrong, drained]) expect(await machine.claim()).toBeNull();
    const right = await addMachine(domain, tenant, { labels: ["gpu", "mac", "office"], agentIds: [ada.id] });
    expect((await right.claimRun()).agent.id).toBe(ada.id);

    const cleo = await addLocalAgent(domain, tenant, { runner: { runnerId: wrong[0]?.id } });
    await wakeByBoard(tenant, cleo);
    expect(await right.claim()).toBeNull();
    expect((await wrong[0]?.claimRun())?.agent.id).toBe(cleo.id);
  });

  it("passes the same gates as any other: a paused agent's is skipped, a busy one's waits", async () => {
    const tenant = await domain.newTenant();
    const machine = await addMachine(domain, tenant);
    const ada = await addLocalAgent(domain, tenant);
    const [one, two] = [await addIssue(domain, tenant, ada), await addIssue(domain, tenant, ada)];
    const [first, second] = [await wakeByBoard(tenant, ada, one), await wakeByBoard(tenant, ada, two)];
    const job = await machine.claimRun();
    expect(job.run.id).toBe(first);
    expect(await machine.claim()).toBeNull();
    expect(await getRun(tenant.board, { id: second })).toMatchObject({ status: "queued", waitReason: "concurrency" });
    await completeRun(tenant.asRun(ada, { id: first, fence: job.run.fence }), { id: first, status: "succeeded" });
    expect((await machine.claimRun()).run.id).toBe(second);

    const bob = await addLocalAgent(domain, tenant);
    const skipped = await wakeByBoard(tenant, bob);
    await domain.owner.query("update agents set status = 'paused' where id = $1", [bob.id]);
    expect(await machine.claim()).toBeNull();
    expect(await getRun(tenant.board, { id: skipped })).toMatchObject({
      status: "cancelled",
      errorCode: "agent_paused",
    });
  });

  it("doesn't wait behind the many of an agent that is busy", async () => {
    const tenant = await domain.newTenant();
    const machine = await addMachine(domain, tenant);
    const [ada, bob] = [await addLocalAgent(domain, tenant), await addLocalAgent(domain, tenant)];
    for (let task = 0; task < 12; task++) await wakeByBoard(tenant, ada, await addIssue(domain, tenant, ada));
    const late = await wakeByBoard(tenant, bob);
    expect((await machine.claimRun()).agent.id).toBe(ada.id);
    expect((await machine.claimRun()).run.id).toBe(late);
  });

  it("is nothing for a machine of another company, and runs of webhooks are nothing for machines", async () => {
    const [tenant, other] = [await domain.newTenant(), await domain.newTenant()];
    const stranger = await addMachine(domain, other);
    const machine = await addMachine(domain, tenant, { adapters: ["http", "claude_local"] });
    await wakeByBoard(tenant, await addLocalAgent(domain, tenant, { adapterType: "http" }));
    expect(await machine.claim()).toBeNull();
    await wakeByBoard(tenant, await addLocalAgent(domain, tenant));
    expect(await stranger.claim()).toBeNull();
    expect(await machine.claim()).not.toBeNull();
  });
});

describe("a session", () => {
  it("goes on where it was made, and starts fresh on another machine", async () => {
    const tenant = await domain.newTenant();
    const [here, there] = [
      await addMachine(domain, tenant, { name: "Here" }),
      await addMachine(domain, tenant, { name: "There" }),
    ];
    const ada = await addLocalAgent(domain, tenant);
    const issueId = await addIssue(domain, tenant, ada);
    const work = async (machine: typeof here, result = {}) => {
      await wakeByBoard(tenant, ada, issueId);
      const { run, session } = await machine.claimRun();
      await completeRun(tenant.asRun(ada, run), { id: run.id, status: "succeeded", ...result });
      return session;
    };
    const sessionParams = { sessionId: "s-1", cwd: "/home/ada/site" };
    expect(await work(here, { sessionParams })).toBeNull();
    expect(await work(there)).toBeNull();
    expect(await work(here)).toEqual({ id: "s-1", params: sessionParams });
    await work(there, { sessionParams: { sessionId: "s-2" } });
    expect(await work(here)).toBeNull();
    expect(await work(there)).toMatchObject({ id: "s-2" });
  });
});

describe("a machine's runs", () => {
  it("are told to it to stop when the board cancels them", async () => {
    const tenant = await domain.newTenant();
    const machine = await addMachine(domain, tenant);
    await wakeByBoard(tenant, await addLocalAgent(domain, tenant));
    const { run } = await machine.claimRun();
    await cancelRun(tenant.board, { id: run.id });
    await tenant.board.ports.settled();
    expect(tenant.board.ports.runnerHub.told.at(-1)).toEqual({
      runnerIds: [machine.id],
      hint: { type: "cancel", runId: run.id },
    });
    expect(tenant.board.ports.invocations).toEqual([]);
  });

  it("are told to it to stop when their agent is paused or let go", async () => {
    const tenant = await domain.newTenant();
    const machine = await addMachine(domain, tenant);
    for (const verb of [pauseAgent, terminateAgent]) {
      const ada = await addLocalAgent(domain, tenant);
      await wakeByBoard(tenant, ada);
      const { run } = await machine.claimRun();
      await verb(tenant.board, { id: ada.id });
      await tenant.board.ports.settled();
      const hint = { type: "cancel", runId: run.id };
      expect(tenant.board.ports.runnerHub.told.at(-1)).toEqual({ runnerIds: [machine.id], hint });
    }
  });

  it("go on, stop or are superseded as the server knows them when the machine comes back", async () => {
    const tenant = await domain.newTenant();
    const [machine, another] = [await addMachine(domain, tenant), await addMachine(domain, tenant)];
    const start = async (on: typeof machine) => {
      await wakeByBoard(tenant, await addLocalAgent(domain, tenant));
      return (await on.claimRun()).run;
    };
    const [going, stopping, expired, foreign, restarted] = [
      await start(machine),
      await start(machine),
      await start(machine),
      await start(another),
      await start(machine),
    ];
    await cancelRun(tenant.board, { id: stopping.id });
    await domain.owner.query("update heartbeat_runs set lease_expires_at = now() - interval '1 second' where id = $1", [
      expired.id,
    ]);
    const inHand = [going, stopping, expired, foreign].map(({ id, fence }) => ({ runId: id, fence }));
    const { runs } = await reconcileRunner(machine.ctx, {
      ...machineSelf(),
      draining: false,
      runs: [...inHand, { runId: going.id, fence: going.fence + 1000 }],
      interrupted: [
        { runId: restarted.id, fence: restarted.fence, reason: "power cut" },
        { runId: foreign.id, fence: foreign.fence, reason: "not mine" },
      ],
    });
    expect(runs.map(({ action }) => action)).toEqual(["continue", "cancel", "superseded", "superseded", "superseded"]);
    expect(await getRun(tenant.board, { id: foreign.id })).toMatchObject({ status: "running" });
    const ended = await getRun(tenant.board, { id: restarted.id });
    expect(ended).toMatchObject({ status: "failed", errorCode: "runner_restarted", errorFamily: "transient" });
    expect(ended.error).toContain("power cut");
    expect(ended.retriedByRunId).not.toBeNull();
  });

  it("end and are tried again when it is revoked, and it claims nothing more", async () => {
    const tenant = await domain.newTenant();
    const machine = await addMachine(domain, tenant);
    const ada = await addLocalAgent(domain, tenant);
    await wakeByBoard(tenant, ada);
    const { run } = await machine.claimRun();
    await revokeRunner(tenant.board, { id: machine.id });
    expect(tenant.board.ports.runnerHub.told.at(-1)).toEqual({ runnerIds: [machine.id], hint: { type: "revoked" } });
    const ended = await getRun(tenant.board, { id: run.id });
    expect(ended).toMatchObject({ status: "failed", errorCode: "runner_revoked" });
    expect(ended.retriedByRunId).not.toBeNull();
    expect(await codeOf(machine.claim())).toBe("forbidden");
    const said = { ...machineSelf(), draining: false, runs: [], interrupted: [] };
    expect(await codeOf(reconcileRunner(machine.ctx, said))).toBe("forbidden");
    const late = await completeRun(tenant.asRun(ada, run), { id: run.id, status: "succeeded" });
    expect(late.status).toBe("failed");
  });
});
