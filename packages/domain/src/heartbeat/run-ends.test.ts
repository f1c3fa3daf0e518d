import type { RunResult } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import {
  addHeartbeatAgent,
  addIssue,
  claimed,
  codeOf,
  letTimePass,
  startRun,
  wakeByBoard,
} from "../../test/heartbeat-steps.ts";
import { checkoutIssue } from "../issues/checkout-issue.ts";
import { updateIssue } from "../issues/update-issue.ts";
import { reportCost } from "../money/report-cost.ts";
import { appendRunLog } from "../run-logs/append-run-log.ts";
import { addRunEvents } from "./add-run-events.ts";
import { completeRun } from "./complete-run.ts";
import { explainWakes } from "./explain-wakes.ts";
import { getRun } from "./get-run.ts";
import { reapRuns } from "./reap-runs.ts";
import { renewRun } from "./renew-run.ts";

const domain = useDomainDatabase();
const show = (tenant: Tenant, id: string) => getRun(tenant.board, { id });
const reap = () => reapRuns(domain.database.system("test"), 1000);

async function working(heartbeat: Record<string, unknown> = {}) {
  const tenant = await domain.newTenant();
  const ada = await addHeartbeatAgent(domain, tenant, heartbeat);
  const issueId = await addIssue(domain, tenant, ada);
  const run = await startRun(tenant, ada, issueId);
  return { tenant, ada, issueId, run, ctx: tenant.asRun(ada, run) };
}

describe("a run whose lease is over", () => {
  it("changes nothing any more, but is done when it says so before anybody has noticed", async () => {
    const { tenant, ada, issueId, run, ctx } = await working();
    await letTimePass(domain, run.id, 200);
    const cost = { agentId: ada.id, provider: "x", model: "y", inputTokens: 1, cachedInputTokens: 0, outputTokens: 1 };
    const refused = {
      renewal: await codeOf(renewRun(ctx, { id: run.id })),
      events: await codeOf(addRunEvents(ctx, { id: run.id, events: [{ seq: 1, kind: "progress", message: "Late" }] })),
      log: await codeOf(appendRunLog(ctx, { id: run.id, seq: 0, offset: 0, content: "late" })),
      cost: await codeOf(reportCost(ctx, { ...cost, costCents: 5 })),
      checkout: await codeOf(checkoutIssue(ctx, { id: issueId, agentId: ada.id, expectedStatuses: ["todo"] })),
      issue: await codeOf(updateIssue(ctx, { id: issueId, status: "in_progress" })),
    };
    expect(new Set(Object.values(refused))).toEqual(new Set(["lease_lost"]));
    const result = { id: run.id, status: "succeeded", costUsd: 0.25, provider: "x", model: "y" } as const;
    expect(await completeRun(ctx, result)).toMatchObject({ status: "succeeded" });
    expect(await show(tenant, run.id)).toMatchObject({ status: "succeeded", costCents: 25 });
  });

  it("takes no result once it was reaped", async () => {
    const { run, ctx } = await working();
    await addRunEvents(ctx, { id: run.id, events: [{ seq: 1, kind: "progress", message: "In time" }] });
    await letTimePass(domain, run.id, 200);
    await reap();
    expect(await codeOf(completeRun(ctx, { id: run.id, status: "succeeded" }))).toBe("lease_lost");
  });
});

describe("a run that takes too long", () => {
  it("is told to stop at its deadline, keeps its lease for the grace period only, and then has timed out", async () => {
    const { tenant, run, ctx } = await working({ timeoutSec: 60 });
    expect(await renewRun(ctx, { id: run.id })).toMatchObject({ action: "continue" });
    const before = await show(tenant, run.id);
    expect(Date.parse(String(before.leaseExpiresAt))).toBeLessThanOrEqual(
      Date.parse(String(before.deadlineAt)) + 30_000,
    );
    await letTimePass(domain, run.id, 61);
    const renewal = await renewRun(ctx, { id: run.id });
    expect(renewal).toMatchObject({ action: "cancel", reason: "timeout" });
    expect(Date.parse(renewal.leaseExpiresAt)).toBeLessThanOrEqual(Date.now() + 31_000);
    expect(await show(tenant, run.id)).toMatchObject({ liveness: "overdue" });
    await letTimePass(domain, run.id, 31);
    expect(await codeOf(renewRun(ctx, { id: run.id }))).toBe("lease_lost");
    expect(await reap()).toContainEqual({
      companyId: tenant.companyId,
      runId: run.id,
      status: "timed_out",
      retryRunId: null,
    });
    expect(await show(tenant, run.id)).toMatchObject({ status: "timed_out", errorCode: "timeout" });
    expect(await codeOf(completeRun(ctx, { id: run.id, status: "succeeded" }))).toBe("lease_lost");
  });

  it("has timed out when it stops as it was told, and its result is kept once", async () => {
    const { tenant, run, ctx } = await working({ timeoutSec: 60 });
    await renewRun(ctx, { id: run.id });
    await letTimePass(domain, run.id, 61);
    await renewRun(ctx, { id: run.id });
    expect(await completeRun(ctx, { id: run.id, status: "cancelled", summary: "Half done" })).toMatchObject({
      status: "timed_out",
    });
    expect(await completeRun(ctx, { id: run.id, status: "succeeded" })).toMatchObject({ status: "timed_out" });
    expect(await show(tenant, run.id)).toMatchObject({ resultJson: { summary: "Half done" } });
  });
});

describe("a run that fails", () => {
  const fail = (result: Partial<RunResult>) => ({ status: "failed", error: "No", errorCode: "x", ...result }) as const;

  it("is tried again after a transient failure, later each time, and then no more", async () => {
    const { tenant, ada, run } = await working();
    const delays: number[] = [];
    let current = run;
    for (let tries = 0; tries < 5; tries++) {
      tenant.ports.dispatched.length = 0;
      await completeRun(tenant.asRun(ada, current), { id: current.id, ...fail({ errorFamily: "transient" }) });
      const [next] = tenant.ports.dispatched;
      if (!next) break;
      delays.push(Number(next.delayMs) / 1000);
      expect(await show(tenant, next.runId)).toMatchObject({
        retryOfRunId: current.id,
        retryNumber: tries + 1,
        status: "queued",
      });
      await letTimePass(domain, next.runId, 1000);
      expect(await show(tenant, current.id)).toMatchObject({ retriedByRunId: next.runId });
      current = await claimed(tenant, next.runId);
    }
    expect(delays).toHaveLength(4);
    for (const [index, base] of [5, 20, 80, 320].entries()) {
      expect(delays[index]).toBeGreaterThanOrEqual(base - 1);
      expect(delays[index]).toBeLessThanOrEqual(base * 1.2 + 1);
    }
  });

  it("waits as long as a quota asks for", async () => {
    const { tenant, run, ctx } = await working();
    tenant.ports.dispatched.length = 0;
    await completeRun(ctx, { id: run.id, ...fail({ errorFamily: "quota", retryAfterSec: 1800 }) });
    expect(tenant.ports.dispatched[0]?.delayMs).toBeGreaterThan(1_790_000);
  });

  it("is tried again at once when the board asks for it", async () => {
    const { tenant, ada, issueId, run, ctx } = await working();
    await completeRun(ctx, { id: run.id, ...fail({ errorFamily: "quota", retryAfterSec: 86_400 }) });
    const retry = tenant.ports.dispatched.at(-1)?.runId;
    expect(await wakeByBoard(tenant, ada, issueId)).toBe(retry);
    const { items } = await explainWakes(tenant.board, { id: ada.id, limit: 1 });
    expect(items).toMatchObject([{ runId: retry, source: "on_demand", reason: "run_failed", coalescedCount: 1 }]);
    await claimed(tenant, String(retry));
  });

  it.each([{ errorFamily: "config" }, { errorFamily: "permanent" }, {}] as const)(
    "is not tried again: %o",
    async (family) => {
      const { tenant, ada, run, ctx } = await working();
      tenant.ports.dispatched.length = 0;
      await completeRun(ctx, { id: run.id, ...fail(family) });
      expect(tenant.ports.dispatched).toEqual([]);
      const { items } = await explainWakes(tenant.board, { id: ada.id, limit: 10 });
      expect(items).toHaveLength(1);
    },
  );

  it("is tried again by the run that waits for the same task already", async () => {
    const { tenant, ada, issueId, run, ctx } = await working();
    const waiting = await wakeByBoard(tenant, ada, issueId);
    await completeRun(ctx, { id: run.id, ...fail({ errorFamily: "transient" }) });
    const { items } = await explainWakes(tenant.board, { id: ada.id, limit: 10 });
    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ runId: waiting, coalescedCount: 1, status: "open" });
  });
});

describe("what has ended", () => {
  it("stays ended and keeps its fence, whatever statement comes", async () => {
    const { run, ctx } = await working();
    await completeRun(ctx, { id: run.id, status: "succeeded" });
    const revive = domain.owner.query("update heartbeat_runs set status = 'running' where id = $1", [run.id]);
    await expect(revive).rejects.toMatchObject({ constraint: "heartbeat_runs_final" });
    const older = domain.owner.query("update heartbeat_runs set fence = fence - 1 where id = $1", [run.id]);
    await expect(older).rejects.toMatchObject({ constraint: "heartbeat_runs_final" });
  });
});

describe("liveness", () => {
  it("advances with what the run shows, and is silent when it only renews", async () => {
    const { tenant, run, ctx } = await working();
    await renewRun(ctx, { id: run.id, progress: "Reading" });
    expect(await show(tenant, run.id)).toMatchObject({ liveness: "advancing" });
    await domain.owner.query(
      "update heartbeat_runs set last_progress_at = now() - interval '3 minutes' where id = $1",
      [run.id],
    );
    await renewRun(ctx, { id: run.id });
    expect(await show(tenant, run.id)).toMatchObject({ liveness: "silent" });
  });
});
