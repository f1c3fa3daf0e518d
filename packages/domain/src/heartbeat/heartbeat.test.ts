import { BoardroomError } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { systemActor } from "../context.ts";
import { addRunEvents } from "./add-run-events.ts";
import { cancelRun } from "./cancel-run.ts";
import { claimRun } from "./claim-run.ts";
import { completeRun } from "./complete-run.ts";
import { deliverRun } from "./deliver-run.ts";
import { explainWakes } from "./explain-wakes.ts";
import { getRun } from "./get-run.ts";
import { invokeHeartbeat } from "./invoke-heartbeat.ts";
import { listRunEvents } from "./list-run-events.ts";
import { reapRuns } from "./reap-runs.ts";
import { renewRun } from "./renew-run.ts";
import { tick } from "./tick.ts";

const domain = useDomainDatabase();
const asSystem = (tenant: Tenant): TestCtx => ({ ...tenant.board, actor: systemActor });

interface AgentOptions {
  intervalSec?: number;
  maxConcurrentRuns?: number;
  budgetMonthlyCents?: number | null;
}

async function hire(tenant: Tenant, name: string, options: AgentOptions = {}): Promise<{ id: string; name: string }> {
  const { rows } = await domain.owner.query<{ id: string }>(
    `insert into agents (company_id, name, url_key, role, adapter_type, adapter_config, runtime_config, permissions, budget_monthly_cents)
     values ($1, $2, lower($2), 'engineer', 'http', '{"url":"https://agent.example.com/hook","timeoutSec":5}',
       jsonb_build_object('heartbeat', jsonb_build_object('maxConcurrentRuns', $3::int)), '{"canCreateAgents":false}', $4) returning id`,
    [tenant.companyId, name, options.maxConcurrentRuns ?? 1, options.budgetMonthlyCents ?? null],
  );
  const id = String(rows[0]?.id);
  const sealed = await tenant.ports.secrets.seal("whsec_c2VjcmV0", `agent-webhook:${tenant.companyId}`);
  await domain.owner.query("insert into agent_webhook_secrets (company_id, agent_id, sealed) values ($1, $2, $3)", [
    tenant.companyId,
    id,
    sealed,
  ]);
  if (options.intervalSec) {
    await domain.owner.query(
      "insert into agent_schedules (company_id, agent_id, interval_sec, next_wake_at, enabled) values ($1, $2, $3, now() - interval '5 minutes', true)",
      [tenant.companyId, id, options.intervalSec],
    );
  }
  return { id, name };
}

async function giveIssue(
  tenant: Tenant,
  agent: { id: string },
  number: number,
  heldBy: string | null = null,
): Promise<string> {
  const { rows } = await domain.owner.query<{ id: string }>(
    `insert into issues (company_id, identifier, issue_number, title, status, assignee_agent_id, checkout_run_id, execution_run_id)
     values ($1, $2, $3, 'Work', $4, $5, $6, $6) returning id`,
    [tenant.companyId, `T-${number}`, number, heldBy ? "in_progress" : "todo", agent.id, heldBy],
  );
  return String(rows[0]?.id);
}

const expireLease = (runId: string) =>
  domain.owner.query("update heartbeat_runs set lease_expires_at = now() - interval '1 second' where id = $1", [runId]);

async function startRun(tenant: Tenant, agent: { id: string; name: string }, issueId: string | null = null) {
  const { run } = await invokeHeartbeat(tenant.board, { id: agent.id, issueId });
  const claimed = await claimRun(asSystem(tenant), String(run?.id));
  if (claimed?.verdict !== "claimed") throw new Error(`not claimed: ${claimed?.verdict}`);
  return { id: claimed.id, fence: Number(claimed.fence) };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (error: unknown) => (error instanceof BoardroomError ? error.code : String(error)),
  );

describe("waking", () => {
  it("merges later causes into the one open wake of an agent and task", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const first = await invokeHeartbeat(tenant.board, { id: ada.id });
    const second = await invokeHeartbeat(tenant.board, { id: ada.id });
    expect(second.wake.id).toBe(first.wake.id);
    expect(second.wake.coalescedCount).toBe(1);
    expect(second.run?.id).toBe(first.run?.id);
  });

  it("refuses an agent whose budget is zero with 402 and a reason", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada", { budgetMonthlyCents: 0 });
    expect(await codeOf(invokeHeartbeat(tenant.board, { id: ada.id }))).toBe("budget_exhausted");
  });

  it("hides another company's agent", async () => {
    const [tenant, other] = await Promise.all([domain.newTenant(), domain.newTenant()]);
    const ada = await hire(tenant, "Ada");
    expect(await codeOf(invokeHeartbeat(other.board, { id: ada.id }))).toBe("not_found");
  });
});

describe("claiming", () => {
  it("has one winner among many claims and gives growing fences", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const { run } = await invokeHeartbeat(tenant.board, { id: ada.id });
    const claims = await Promise.all(Array.from({ length: 12 }, () => claimRun(asSystem(tenant), String(run?.id))));
    expect(claims.filter((claim) => claim?.verdict === "claimed")).toHaveLength(1);
    expect(claims.filter((claim) => claim?.verdict === "not_queued")).toHaveLength(11);
  });

  it("never runs more of an agent at once than its limit, also when claims race", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada", { maxConcurrentRuns: 2 });
    const runs: string[] = [];
    for (let number = 1; number <= 6; number++) {
      const issueId = await giveIssue(tenant, ada, number);
      const { run } = await invokeHeartbeat(tenant.board, { id: ada.id, issueId });
      runs.push(String(run?.id));
    }
    const claims = await Promise.all(runs.map((id) => claimRun(asSystem(tenant), id)));
    expect(claims.filter((claim) => claim?.verdict === "claimed")).toHaveLength(2);
    expect(claims.filter((claim) => claim?.verdict === "concurrency")).toHaveLength(4);
  });

  it("skips the wake of an agent that was paused meanwhile, and says why", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const { run } = await invokeHeartbeat(tenant.board, { id: ada.id });
    await domain.owner.query("update agents set status = 'paused' where id = $1", [ada.id]);
    expect((await claimRun(asSystem(tenant), String(run?.id)))?.verdict).toBe("agent_paused");
    const { items } = await explainWakes(tenant.board, { id: ada.id, limit: 10 });
    expect(items[0]).toMatchObject({ status: "skipped", skipReason: "agent_paused" });
    expect(await getRun(tenant.board, { id: String(run?.id) })).toMatchObject({
      status: "cancelled",
      errorCode: "agent_paused",
    });
  });
});

describe("work that went away", () => {
  it("doesn't call an agent for an issue that was closed meanwhile, and says so", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const issueId = await giveIssue(tenant, ada, 1);
    const { run } = await invokeHeartbeat(tenant.board, { id: ada.id, issueId });
    await domain.owner.query("update issues set status = 'cancelled' where id = $1", [issueId]);
    expect((await claimRun(asSystem(tenant), String(run?.id)))?.verdict).toBe("issue_closed");
    const { items } = await explainWakes(tenant.board, { id: ada.id, limit: 10 });
    expect(items[0]).toMatchObject({ status: "skipped", skipReason: "issue_closed" });
  });
});

describe("delivering", () => {
  it("ends the run with the result that the agent answers, in two requests", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const { run } = await invokeHeartbeat(tenant.board, { id: ada.id });
    tenant.ports.answer = () => ({
      kind: "finished",
      httpStatus: 200,
      result: { status: "succeeded", summary: "Wrote it" },
    });
    const requests = await domain.countRequests(() => deliverRun(asSystem(tenant), String(run?.id)));
    expect(requests).toBe(2);
    const shown = await getRun(tenant.board, { id: String(run?.id) });
    expect(shown).toMatchObject({ status: "succeeded", resultJson: { summary: "Wrote it" }, wake: { status: "done" } });
    expect(tenant.ports.invocations[0]).toMatchObject({ runId: run?.id, secrets: ["whsec_c2VjcmV0"] });
    expect(await deliverRun(asSystem(tenant), String(run?.id))).toBe("not_queued");
    expect(tenant.ports.invocations).toHaveLength(1);
  });

  it("delivers again under the same run after a failure, then gives up with the reason", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const { run } = await invokeHeartbeat(tenant.board, { id: ada.id });
    const runId = String(run?.id);
    tenant.ports.answer = () => ({
      kind: "failed",
      retryable: true,
      errorCode: "http_500",
      message: "The agent answered 500.",
      retryAfterMs: null,
    });
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await deliverRun(asSystem(tenant), runId)).toBe("claimed");
      await domain.owner.query("update heartbeat_runs set available_at = now() where id = $1", [runId]);
    }
    expect(await getRun(tenant.board, { id: runId })).toMatchObject({
      status: "failed",
      errorCode: "http_500",
      attempt: 5,
    });
    expect(new Set(tenant.ports.invocations.map((each) => each.runId))).toEqual(new Set([runId]));
    const delays = tenant.ports.dispatched.flatMap(({ delayMs }) => delayMs ?? []);
    expect(delays).toHaveLength(4);
    for (const [index, planned] of [5_000, 30_000, 120_000, 600_000].entries()) {
      expect(delays[index]).toBeGreaterThanOrEqual(planned);
      expect(delays[index]).toBeLessThanOrEqual(planned * 1.1);
    }
  });

  it("puts an agent into error whose endpoint is gone", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const { run } = await invokeHeartbeat(tenant.board, { id: ada.id });
    tenant.ports.answer = () => ({ kind: "gone", httpStatus: 410 });
    await deliverRun(asSystem(tenant), String(run?.id));
    const { rows } = await domain.owner.query("select status, pause_reason from agents where id = $1", [ada.id]);
    expect(rows[0]).toEqual({ status: "error", pause_reason: "endpoint_gone" });
    expect(await codeOf(invokeHeartbeat(tenant.board, { id: ada.id }))).toBe("agent_not_invokable");
  });
});

describe("the lease", () => {
  it("is renewed under its fence only, and brings a fresh token", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const run = await startRun(tenant, ada);
    const renewal = await renewRun(tenant.asRun(ada, run), { id: run.id, progress: "Half way" });
    expect(renewal).toMatchObject({ action: "continue", fence: run.fence });
    expect(await codeOf(renewRun(tenant.asRun(ada, { ...run, fence: run.fence - 1 }), { id: run.id }))).toBe(
      "lease_lost",
    );
    await expireLease(run.id);
    expect(await codeOf(renewRun(tenant.asRun(ada, run), { id: run.id }))).toBe("lease_lost");
  });

  it("answers cancel after the board asked to stop, and ends after the grace period", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const run = await startRun(tenant, ada);
    await cancelRun(tenant.board, { id: run.id, reason: "Wrong task" });
    const renewal = await renewRun(tenant.asRun(ada, run), { id: run.id });
    expect(renewal).toMatchObject({ action: "cancel", reason: "Wrong task" });
    expect(Date.parse(renewal.leaseExpiresAt) - Date.now()).toBeLessThan(31_000);
    await tenant.ports.settled();
    expect(tenant.ports.invocations.at(-1)?.payload.type).toBe("heartbeat.cancel");
    await expireLease(run.id);
    await reapRuns(domain.database.system("test"), 1000);
    expect(await getRun(tenant.board, { id: run.id })).toMatchObject({ status: "cancelled" });
  });

  it("counts a completion once, and refuses one of an older fence", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const run = await startRun(tenant, ada);
    const ctx = tenant.asRun(ada, run);
    expect(
      await codeOf(
        completeRun(tenant.asRun(ada, { ...run, fence: run.fence - 1 }), { id: run.id, status: "succeeded" }),
      ),
    ).toBe("lease_lost");
    const first = await completeRun(ctx, {
      id: run.id,
      status: "succeeded",
      summary: "Done",
      costUsd: 0.25,
      provider: "x",
      model: "y",
    });
    const again = await completeRun(ctx, { id: run.id, status: "failed", error: "late", costUsd: 9 });
    expect(again).toMatchObject({ status: "succeeded", finishedAt: first.finishedAt });
    const { rows } = await domain.owner.query(
      "select cost_cents::float as cents from cost_events where heartbeat_run_id = $1",
      [run.id],
    );
    expect(rows).toEqual([{ cents: 25 }]);
  });

  it("redelivers a run that was never acknowledged, and frees its issue", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const run = await startRun(tenant, ada);
    const issueId = await giveIssue(tenant, ada, 1, run.id);
    await expireLease(run.id);
    const reaped = await reapRuns(domain.database.system("test"), 1000);
    expect(reaped).toContainEqual({ companyId: tenant.companyId, runId: run.id, status: "queued", retryRunId: null });
    const { rows } = await domain.owner.query("select status, checkout_run_id from issues where id = $1", [issueId]);
    expect(rows[0]).toEqual({ status: "todo", checkout_run_id: null });
    const again = await claimRun(asSystem(tenant), run.id);
    expect(again).toMatchObject({ verdict: "claimed", attempt: 2 });
    expect(again?.fence).toBeGreaterThan(run.fence);
  });

  it("loses a run that fell silent, and tries its task again by a new run", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const issueId = await giveIssue(tenant, ada, 1);
    const run = await startRun(tenant, ada, issueId);
    await renewRun(tenant.asRun(ada, run), { id: run.id });
    await expireLease(run.id);
    const reaped = (await reapRuns(domain.database.system("test"), 1000)).find(({ runId }) => runId === run.id);
    expect(reaped).toMatchObject({ status: "lost", retryRunId: expect.any(String) });
    const retry = await getRun(tenant.board, { id: String(reaped?.retryRunId) });
    expect(retry).toMatchObject({ status: "queued", retryOfRunId: run.id, issueId });
    const { items } = await listRunEvents(tenant.board, { id: run.id, limit: 50 });
    expect(items.map(({ kind }) => kind)).toContain("lease_ended");
  });
});

describe("events", () => {
  it("counts the same sequence number once", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada");
    const run = await startRun(tenant, ada);
    const ctx = tenant.asRun(ada, run);
    const events = [1, 2].map((seq) => ({ seq, kind: "assistant", message: `Step ${seq}` }));
    expect(await addRunEvents(ctx, { id: run.id, events })).toEqual({ accepted: 2, lastSeq: 2 });
    expect(await addRunEvents(ctx, { id: run.id, events })).toEqual({ accepted: 0, lastSeq: 2 });
    const { items } = await listRunEvents(tenant.board, { id: run.id, limit: 50 });
    expect(items.map(({ message }) => message)).toEqual(["Sent to the agent", "Step 1", "Step 2"]);
  });
});

describe("the tick", () => {
  it("queues one run for all slots that were missed and advances the schedule beyond now", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada", { intervalSec: 60 });
    await giveIssue(tenant, ada, 1);
    await tick(domain.database.system("test"), tenant.ports);
    await tick(domain.database.system("test"), tenant.ports);
    const mine = tenant.ports.enqueued.filter(({ companyId }) => companyId === tenant.companyId);
    expect(new Set(mine.map(({ runId }) => runId)).size).toBe(1);
    expect(await deliverRun(asSystem(tenant), String(mine[0]?.runId))).toBe("claimed");
    const { rows } = await domain.owner.query(
      "select next_wake_at > now() as ahead from agent_schedules where agent_id = $1",
      [ada.id],
    );
    expect(rows[0]).toEqual({ ahead: true });
  });

  it("doesn't call an agent by timer whose work was done meanwhile, and counts the skip", async () => {
    const tenant = await domain.newTenant();
    const ada = await hire(tenant, "Ada", { intervalSec: 60 });
    const issueId = await giveIssue(tenant, ada, 1);
    await tick(domain.database.system("test"), tenant.ports);
    await domain.owner.query("update issues set status = 'done' where id = $1", [issueId]);
    const mine = tenant.ports.enqueued.find(({ companyId }) => companyId === tenant.companyId);
    expect(await deliverRun(asSystem(tenant), String(mine?.runId))).toBe("no_work");
    expect(tenant.ports.invocations).toHaveLength(0);
    const { items } = await explainWakes(tenant.board, { id: ada.id, limit: 10 });
    expect(items[0]).toMatchObject({ source: "timer", status: "skipped", skipReason: "no_work" });
  });
});
