import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import {
  addHeartbeatAgent,
  addIssue,
  claim,
  claimed,
  codeOf,
  startRun,
  wakeByBoard,
} from "../../test/heartbeat-steps.ts";
import type { TestAgent } from "../../test/working-agents.ts";
import { readRuntimeState } from "../agents/read-runtime-state.ts";
import { resetSession } from "../agents/reset-session.ts";
import { addComment } from "../issues/add-comment.ts";
import { completeRun } from "./complete-run.ts";
import { getRun } from "./get-run.ts";
import { listTaskSessions } from "./list-task-sessions.ts";
import { requestWakeup } from "./request-wakeup.ts";

const domain = useDomainDatabase();

async function workOn(tenant: Tenant, ada: TestAgent, issueId: string | null, result: Record<string, unknown> = {}) {
  const run = await startRun(tenant, ada, issueId);
  await completeRun(tenant.asRun(ada, run), { id: run.id, status: "succeeded", ...result });
  return run;
}
const sessionOf = async (tenant: Tenant, ada: TestAgent, issueId: string | null) => {
  const run = await claim(tenant, await wakeByBoard(tenant, ada, issueId));
  await completeRun(tenant.asRun(ada, { id: String(run?.id), fence: Number(run?.fence) }), {
    id: String(run?.id),
    status: "succeeded",
  });
  return { id: run?.sessionIdBefore, params: run?.sessionParams };
};

describe("sessions", () => {
  it("belong to one agent and task each, and come back with the next run", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant);
    const [one, two] = [await addIssue(domain, tenant, ada), await addIssue(domain, tenant, ada)];
    await workOn(tenant, ada, one, { sessionParams: { sessionId: "s-one", turn: 3 } });
    await workOn(tenant, ada, null, { sessionParams: { sessionId: "s-agent" } });
    expect(await sessionOf(tenant, ada, one)).toEqual({ id: "s-one", params: { sessionId: "s-one", turn: 3 } });
    expect(await sessionOf(tenant, ada, two)).toEqual({ id: null, params: null });
    const { items } = await listTaskSessions(tenant.board, { id: ada.id, limit: 2 });
    expect(items.map(({ taskKey }) => taskKey)).toEqual([two, one]);
    const rest = await listTaskSessions(tenant.board, {
      id: ada.id,
      limit: 2,
      cursor: (await listTaskSessions(tenant.board, { id: ada.id, limit: 2 })).nextCursor ?? "",
    });
    expect(rest.items).toMatchObject([{ taskKey: "agent", sessionId: "s-agent", runCount: 1 }]);
  });

  it("show what they hold to their agent and the board, not to other agents, nor in the run", async () => {
    const tenant = await domain.newTenant();
    const [ada, bob] = [await addHeartbeatAgent(domain, tenant), await addHeartbeatAgent(domain, tenant)];
    const sessionParams = { sessionId: "s-1", resumeToken: "not for others" };
    const run = await workOn(tenant, ada, null, { summary: "Done", sessionParams });
    for (const ctx of [tenant.board, tenant.asAgent(ada)]) {
      const { items } = await listTaskSessions(ctx, { id: ada.id, limit: 5 });
      expect(items).toMatchObject([{ sessionId: "s-1", sessionParams }]);
      expect(await readRuntimeState(ctx, { id: ada.id })).toMatchObject({ sessionId: "s-1", sessionParams });
    }
    const { items } = await listTaskSessions(tenant.asAgent(bob), { id: ada.id, limit: 5 });
    expect(items).toMatchObject([{ taskKey: "agent", runCount: 1, sessionId: null, sessionParams: null }]);
    expect(await readRuntimeState(tenant.asAgent(bob), { id: ada.id })).toMatchObject({
      sessionId: null,
      sessionParams: null,
    });
    expect((await getRun(tenant.board, { id: run.id })).resultJson).toEqual({ status: "succeeded", summary: "Done" });
  });

  it("start fresh when the configuration they are bound to changed, and say so in the run", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant);
    await workOn(tenant, ada, null, { sessionParams: { sessionId: "old" } });
    await domain.owner.query(`update agents set adapter_config = adapter_config || '{"timeoutSec": 9}' where id = $1`, [
      ada.id,
    ]);
    expect((await sessionOf(tenant, ada, null)).id).toBe("old");
    await domain.owner.query(
      `update agents set adapter_config = adapter_config || '{"url": "https://elsewhere.example"}' where id = $1`,
      [ada.id],
    );
    const run = await claimed(tenant, await wakeByBoard(tenant, ada));
    expect(await getRun(tenant.board, { id: run.id })).toMatchObject({
      sessionIdBefore: null,
      contextSnapshot: { sessionReset: true },
    });
  });

  it("are not resumed in another folder", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant);
    await domain.owner.query(
      `update agents set adapter_config = adapter_config || '{"cwd": "/work/a"}' where id = $1`,
      [ada.id],
    );
    await workOn(tenant, ada, null, { sessionParams: { sessionId: "in-a", cwd: "/work/a" } });
    expect((await sessionOf(tenant, ada, null)).id).toBe("in-a");
    await domain.owner.query(
      `update agents set adapter_config = adapter_config || '{"cwd": "/work/b"}' where id = $1`,
      [ada.id],
    );
    expect((await sessionOf(tenant, ada, null)).id).toBeNull();
  });

  it("are forgotten when the agent says so, and when the board does: one task's, or all", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant);
    const issueId = await addIssue(domain, tenant, ada);
    for (const task of [issueId, null]) await workOn(tenant, ada, task, { sessionParams: { sessionId: "kept" } });
    await resetSession(tenant.board, { id: ada.id, taskKey: issueId });
    expect((await sessionOf(tenant, ada, issueId)).id).toBeNull();
    expect((await sessionOf(tenant, ada, null)).id).toBe("kept");
    await workOn(tenant, ada, null, { clearSession: true });
    expect((await sessionOf(tenant, ada, null)).id).toBeNull();
    await workOn(tenant, ada, null, { sessionParams: { sessionId: "again" } });
    await resetSession(tenant.board, { id: ada.id });
    expect((await sessionOf(tenant, ada, null)).id).toBeNull();
  });
});

describe("runs that change nothing", () => {
  it("make agents' wakes for the task wait 2, 4, 8 … 30 minutes; the board goes ahead, and progress ends it", async () => {
    const tenant = await domain.newTenant();
    const [ada, bob] = [await addHeartbeatAgent(domain, tenant), await addHeartbeatAgent(domain, tenant)];
    const minutes: number[] = [];
    const quietMinutes = async () => {
      const { rows } = await domain.owner.query<{ minutes: number }>(
        "select extract(epoch from quiet_until - now())::float8 / 60 as minutes from agent_task_sessions where agent_id = $1",
        [ada.id],
      );
      return Number(rows[0]?.minutes);
    };
    for (let run = 1; run <= 6; run++) {
      await workOn(tenant, ada, null);
      minutes.push(Math.round(await quietMinutes()));
    }
    expect(minutes).toEqual([2, 4, 8, 16, 30, 30]);
    const caller = await startRun(tenant, bob);
    const wake = { id: ada.id, source: "automation", reason: "look" } as const;
    const { run } = await requestWakeup(tenant.asRun(bob, caller), wake);
    expect((await claim(tenant, String(run?.id)))?.verdict).toBe("storm_breaker");
    expect(await getRun(tenant.board, { id: String(run?.id) })).toMatchObject({ waitReason: "storm_breaker" });
    expect(await wakeByBoard(tenant, ada)).toBe(run?.id);
    const busy = await claimed(tenant, String(run?.id));
    const issueId = await addIssue(domain, tenant, ada);
    await addComment(tenant.asRun(ada, busy), { id: issueId, body: "Found it" });
    await completeRun(tenant.asRun(ada, busy), { id: busy.id, status: "succeeded" });
    const { items } = await listTaskSessions(tenant.board, { id: ada.id, limit: 5 });
    expect(items[0]).toMatchObject({ fruitlessRuns: 0, quietUntil: null });
  });
});

describe("chains of wakes", () => {
  it("count a hop a wake, also for an agent that calls with its key alone, and stop with the reason", async () => {
    const tenant = await domain.newTenant();
    const [ada, bob] = [await addHeartbeatAgent(domain, tenant), await addHeartbeatAgent(domain, tenant)];
    const wake = { source: "automation", reason: "your turn" } as const;
    let next = await wakeByBoard(tenant, ada);
    const hops: number[] = [];
    for (let turn = 0; turn < 40; turn++) {
      const [agent, other] = turn % 2 === 0 ? [ada, bob] : [bob, ada];
      await domain.owner.query("update agent_task_sessions set quiet_until = null where agent_id = $1", [agent.id]);
      const run = await claimed(tenant, next);
      const caller = turn % 3 === 0 ? tenant.asAgent(agent) : tenant.asRun(agent, run);
      const outcome = await requestWakeup(caller, { id: other.id, ...wake });
      await completeRun(tenant.asRun(agent, run), { id: run.id, status: "succeeded" });
      hops.push(outcome.wake.hop);
      if (!outcome.run) {
        expect(outcome.wake).toMatchObject({ status: "skipped", skipReason: "hop_limit" });
        break;
      }
      next = outcome.run.id;
    }
    expect(hops).toEqual(Array.from({ length: 17 }, (_, index) => index + 1));
    const { rows } = await domain.owner.query(
      "select details from activity_log where company_id = $1 and action = 'wake.skipped'",
      [tenant.companyId],
    );
    expect(rows).toMatchObject([{ details: { reason: "hop_limit", cause: "your turn" } }]);
  });
});

describe("an agent's own wake", () => {
  it("is refused while it runs, by run token and by key, and taken when it rests", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant);
    const run = await startRun(tenant, ada);
    const wake = { id: ada.id, source: "on_demand", reason: "again" } as const;
    expect(await codeOf(requestWakeup(tenant.asRun(ada, run), wake))).toBe("forbidden");
    expect(await codeOf(requestWakeup(tenant.asAgent(ada), wake))).toBe("forbidden");
    await completeRun(tenant.asRun(ada, run), { id: run.id, status: "succeeded" });
    expect((await requestWakeup(tenant.asAgent(ada), wake)).wake).toMatchObject({ status: "open", hop: 1 });
  });
});
