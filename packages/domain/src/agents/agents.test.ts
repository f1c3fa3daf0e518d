import { agent as agentEntity, agentSelf, hiredAgent } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { listActivity } from "../activity/index.ts";
import { claimRun } from "../heartbeat/claim-run.ts";
import { requestWakeup } from "../heartbeat/index.ts";
import * as agents from "./index.ts";

const db = useDomainDatabase();
const hourly = { runtimeConfig: { heartbeat: { enabled: true, intervalSec: 3600 } } };
const one = async <T>(text: string, values: unknown[]): Promise<T> => (await db.owner.query(text, values)).rows[0];

/** An issue of an agent with a wake and its queued run, and one run that is going on. */
async function giveWork({ companyId }: Tenant, agentId: string) {
  const { id: issueId } = await one<{ id: string }>(
    `insert into issues (company_id, identifier, issue_number, title, status, assignee_agent_id)
     select $1, issue_prefix || '-1', 1, 'Work', 'in_progress', $2 from companies where id = $1 returning id`,
    [companyId, agentId],
  );
  const wakeAndRun = (status: string, wakeStatus: string, task: string) =>
    one<{ id: string; wake_id: string }>(
      `with w as (insert into wakes (company_id, agent_id, source, reason, task_key, status)
         values ($1, $2, 'assignment', 'issue_assigned', $3, $4) returning *)
       insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source, status, lease_expires_at, fence)
       select $1, $2, id, source, $5, case when $5 = 'running'::run_status then now() + interval '90 seconds' end, nextval('run_fence')
       from w returning id, wake_id`,
      [companyId, agentId, task, wakeStatus, status],
    );
  const queued = await wakeAndRun("queued", "open", issueId);
  const running = await wakeAndRun("running", "claimed", "agent");
  return { issueId, queued, running };
}
const runOf = (id: string) =>
  one<{ status: string; cancel_requested_at: Date | null; error_code: string | null; lease_expires_at: Date | null }>(
    "select * from heartbeat_runs where id = $1",
    [id],
  );
const wakeOf = (id: string) =>
  one<{ status: string; skip_reason: string | null }>("select * from wakes where id = $1", [id]);

describe("hiring", () => {
  it("makes the agent, its sealed secret, its timer and its state in one request", async () => {
    const { board, companyId, ports } = await db.newTenant();
    let ada: Awaited<ReturnType<typeof agents.hireAgent>> | undefined;
    const requests = await db.countRequests(async () => {
      ada = await agents.hireAgent(board, draftOf("Ada Lovelace", hourly));
    });
    expect(requests).toBe(1);
    expect(hiredAgent.safeParse(ada).error).toBeUndefined();
    expect(ada).toMatchObject({
      urlKey: "ada-lovelace",
      status: "idle",
      spentMonthlyCents: 0,
      budgetMonthlyCents: null,
    });
    expect(ada?.webhookSecret).toMatch(/^whsec_/);
    const waitMs = Date.parse(ada?.nextWakeAt ?? "") - Date.now();
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(3_601_000);
    const stored = await one<{ sealed: string }>("select sealed from agent_webhook_secrets where agent_id = $1", [
      ada?.id,
    ]);
    expect(stored.sealed).not.toContain("whsec_");
    expect(await ports.secrets.open(stored.sealed, `agent-webhook:${companyId}`)).toBe(ada?.webhookSecret);
    expect(await agents.readRuntimeState(board, { id: ada?.id ?? "" })).toMatchObject({
      totalRuns: 0,
      sessionId: null,
    });
    const { items } = await listActivity(board, { limit: 5 });
    expect(items.map(({ action }) => action)).toEqual(["agent.hired"]);
    expect(JSON.stringify(items)).not.toContain("whsec_");
  });

  it("shows the secret once: a retry with the same key answers the same agent without it", async () => {
    const { board } = await db.newTenant();
    const once = { ...board, idempotency: { key: "k", operation: "agents.create", bodyHash: "h" } };
    const first = await agents.hireAgent(once, draftOf("Ada", hourly));
    expect(await agents.hireAgent(once, draftOf("Ada", hourly))).toEqual({ ...first, webhookSecret: null });
  });

  it("refuses a taken name, a manager of another company or one who left, and an unsafe URL", async () => {
    const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
    const ada = await agents.hireAgent(mine.board, draftOf("Ada"));
    const foreign = await agents.hireAgent(other.board, draftOf("Ada"));
    const hire = (name: string, fields: object) => agents.hireAgent(mine.board, draftOf(name, fields));
    await expect(hire("ada", {})).rejects.toMatchObject({ code: "already_exists" });
    await expect(hire("Bob", { reportsTo: foreign.id })).rejects.toMatchObject({ code: "invalid_reference" });
    await expect(hire("Bob", { adapterConfig: { url: "http://10.0.0.1/" } })).rejects.toMatchObject({
      code: "unsafe_url",
    });
    await agents.terminateAgent(mine.board, { id: ada.id });
    await expect(hire("Bob", { reportsTo: ada.id })).rejects.toThrow("The manager was terminated");
    expect((await hire("Ada", {})).urlKey).toBe("ada");
  });

  it("hires nobody into an archived company", async () => {
    const { board, companyId } = await db.newTenant();
    await db.owner.query("update companies set status = 'archived' where id = $1", [companyId]);
    await expect(agents.hireAgent(board, draftOf("Ada"))).rejects.toMatchObject({ code: "company_not_active" });
  });
});

describe("reading", () => {
  it("hides another company's agent from every verb", async () => {
    const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
    const { id } = await agents.hireAgent(other.board, draftOf("Secret"));
    const verbs = [
      () => agents.getAgent(mine.board, { id }),
      () => agents.updateAgent(mine.board, { id, name: "Mine" }),
      () => agents.pauseAgent(mine.board, { id }),
      () => agents.resumeAgent(mine.board, { id }),
      () => agents.terminateAgent(mine.board, { id }),
      () => agents.setAgentBudget(mine.board, { id, budgetMonthlyCents: 1 }),
      () => agents.setAgentPermissions(mine.board, { id, canCreateAgents: true }),
      () => agents.rotateWebhookSecret(mine.board, { id }),
      () => agents.readRuntimeState(mine.board, { id }),
      () => agents.resetSession(mine.board, { id }),
    ];
    for (const verb of verbs) await expect(verb()).rejects.toMatchObject({ code: "not_found" });
    expect((await agents.listAgents(mine.board, { limit: 50 })).items).toEqual([]);
    expect(await agents.readOrgChart(mine.board)).toEqual([]);
  });

  it("lists terminated agents only when asked for", async () => {
    const { board } = await db.newTenant();
    const ada = await agents.hireAgent(board, draftOf("Ada"));
    const bob = await agents.hireAgent(board, draftOf("Bob"));
    await agents.terminateAgent(board, { id: ada.id });
    const ids = async (status?: "terminated") =>
      (await agents.listAgents(board, { limit: 50, status })).items.map(({ id }) => id);
    expect([await ids(), await ids("terminated")]).toEqual([[bob.id], [ada.id]]);
    const byKey = await agents.listAgents(board, { limit: 50, urlKey: "bob" });
    expect(
      agentEntity
        .array()
        .parse(byKey.items)
        .map(({ name }) => name),
    ).toEqual(["Bob"]);
  });

  it("tells an agent who it is and whom it reports to, the nearest first", async () => {
    const tenant = await db.newTenant();
    const ceo = await agents.hireAgent(tenant.board, draftOf("Ceo"));
    const cto = await agents.hireAgent(tenant.board, draftOf("Cto", { reportsTo: ceo.id }));
    const dev = await agents.hireAgent(tenant.board, draftOf("Dev", { reportsTo: cto.id }));
    const self = agentSelf.parse(await agents.readAgentSelf(tenant.asAgent(dev)));
    expect(self.id).toBe(dev.id);
    expect(self.chainOfCommand.map(({ name }) => name)).toEqual(["Cto", "Ceo"]);
    expect(await agents.getAgent(tenant.asAgent(dev), { id: "me" })).toMatchObject({ id: dev.id });
    await expect(agents.getAgent(tenant.board, { id: "me" })).rejects.toMatchObject({ code: "not_found" });
    const [root] = await agents.readOrgChart(tenant.board);
    expect(root).toMatchObject({ name: "Ceo", reports: [{ name: "Cto", reports: [{ name: "Dev", reports: [] }] }] });
  });
});

describe("changing", () => {
  it("refuses a manager cycle, also when two moves at once would close it", async () => {
    const { board } = await db.newTenant();
    const ceo = await agents.hireAgent(board, draftOf("Ceo"));
    const cto = await agents.hireAgent(board, draftOf("Cto", { reportsTo: ceo.id }));
    const move = (id: string, reportsTo: string) => agents.updateAgent(board, { id, reportsTo });
    await expect(move(ceo.id, cto.id)).rejects.toMatchObject({ code: "unusable_reference" });
    await expect(move(ceo.id, ceo.id)).rejects.toThrow("can't report to itself");
    const [a, b] = [await agents.hireAgent(board, draftOf("A")), await agents.hireAgent(board, draftOf("B"))];
    const moves = await Promise.allSettled([move(a.id, b.id), move(b.id, a.id)]);
    expect(moves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("lets the timer follow the configuration and keeps its beat when nothing changed", async () => {
    const { board } = await db.newTenant();
    const { id, nextWakeAt } = await agents.hireAgent(board, draftOf("Ada", hourly));
    expect((await agents.updateAgent(board, { id, title: "Countess" })).nextWakeAt).toBe(nextWakeAt);
    const heartbeat = {
      enabled: true,
      intervalSec: 60,
      wakeOnDemand: true,
      maxConcurrentRuns: 1,
      timeoutSec: 3600,
      maxRunsPerDay: null,
      maxCostPerDayCents: null,
    };
    const faster = await agents.updateAgent(board, { id, runtimeConfig: { heartbeat } });
    expect(Date.parse(faster.nextWakeAt ?? "") - Date.now()).toBeLessThanOrEqual(61_000);
    expect(faster).toMatchObject(await agents.getAgent(board, { id }));
    const off = await agents.updateAgent(board, { id, runtimeConfig: { heartbeat: { ...heartbeat, enabled: false } } });
    expect(off.nextWakeAt).toBeNull();
  });

  it("changes permissions and session, and says so in the log", async () => {
    const { board } = await db.newTenant();
    const { id } = await agents.hireAgent(board, draftOf("Ada"));
    await db.owner.query("update agent_runtime_state set session_id = 's1' where agent_id = $1", [id]);
    expect((await agents.setAgentPermissions(board, { id, canCreateAgents: true })).permissions).toEqual({
      canCreateAgents: true,
    });
    expect(await agents.resetSession(board, { id })).toMatchObject({ agentId: id, sessionId: null });
    const { items } = await listActivity(board, { limit: 5, action: "agent." });
    expect(items.map(({ action }) => action)).toEqual([
      "agent.session_reset",
      "agent.permissions_changed",
      "agent.hired",
    ]);
  });

  it("rotates the signing secret with a day of overlap and refuses a second rotation meanwhile", async () => {
    const { board } = await db.newTenant();
    const { id, webhookSecret } = await agents.hireAgent(board, draftOf("Ada"));
    const attempts = await Promise.allSettled([1, 2].map(() => agents.rotateWebhookSecret(board, { id })));
    const [done] = attempts.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
    const [refused] = attempts.flatMap((attempt) => (attempt.status === "rejected" ? [attempt.reason] : []));
    expect(done?.webhookSecret).not.toBe(webhookSecret);
    expect(Date.parse(done?.previousValidUntil ?? "") - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(refused).toMatchObject({ code: "conflict", details: { previousValidUntil: done?.previousValidUntil } });
    const { rows } = await db.owner.query("select valid_until from agent_webhook_secrets where agent_id = $1", [id]);
    expect(rows.filter(({ valid_until }) => valid_until === null)).toHaveLength(1);
    expect(rows).toHaveLength(2);
  });
});

describe("pausing, resuming, terminating", () => {
  it("pauses: queued runs are cancelled, running ones asked to stop, wakes skipped, the timer rests", async () => {
    const tenant = await db.newTenant();
    const { board } = tenant;
    const { id } = await agents.hireAgent(board, draftOf("Ada", hourly));
    const work = await giveWork(tenant, id);
    const paused = await agents.pauseAgent(board, { id, reason: "Holiday" });
    expect(paused).toMatchObject({ status: "paused", pauseReason: "Holiday", nextWakeAt: null });
    expect(await runOf(work.queued.id)).toMatchObject({ status: "cancelled", error_code: "agent_paused" });
    expect(await wakeOf(work.queued.wake_id)).toMatchObject({ status: "skipped", skip_reason: "agent_paused" });
    const running = await runOf(work.running.id);
    expect(running.status).toBe("running");
    expect(running.cancel_requested_at).not.toBeNull();
    expect(Number(running.lease_expires_at) - Date.now()).toBeLessThanOrEqual(30_500);
    await expect(agents.pauseAgent(board, { id })).rejects.toMatchObject({ code: "invalid_transition" });
    const { items } = await listActivity(board, { limit: 10 });
    expect(items.map(({ action }) => action).sort()).toEqual(
      ["agent.hired", "agent.paused", "run.cancel_requested", "run.cancelled"].sort(),
    );
  });

  it("resumes and wakes the agent once when open issues wait for it", async () => {
    const tenant = await db.newTenant();
    const { board, ports, companyId } = tenant;
    const { id } = await agents.hireAgent(board, draftOf("Ada", hourly));
    const work = await giveWork(tenant, id);
    await agents.pauseAgent(board, { id });
    await db.owner.query("update heartbeat_runs set status = 'cancelled' where id = $1", [work.running.id]);
    const resumed = await agents.resumeAgent(board, { id });
    expect(resumed).toMatchObject({ status: "idle", pauseReason: null, pausedAt: null });
    expect(resumed.nextWakeAt).not.toBeNull();
    expect(ports.dispatched).toHaveLength(1);
    const run = await one<{ status: string; wake_id: string }>(
      "select * from heartbeat_runs where company_id = $1 and id = $2",
      [companyId, ports.dispatched[0]?.runId],
    );
    expect(run.status).toBe("queued");
    expect(await wakeOf(run.wake_id)).toMatchObject({ status: "open", reason: "agent_resumed", source: "automation" });
    await expect(agents.resumeAgent(board, { id })).rejects.toMatchObject({ code: "invalid_transition" });
  });

  it("resumes without a wake when nothing waits", async () => {
    const { board, ports } = await db.newTenant();
    const { id } = await agents.hireAgent(board, draftOf("Ada"));
    await agents.pauseAgent(board, { id });
    await agents.resumeAgent(board, { id });
    expect(ports.dispatched).toEqual([]);
  });

  it("refuses to resume while the budget is used up, and raising it doesn't resume by itself", async () => {
    const { board, companyId } = await db.newTenant();
    const { id } = await agents.hireAgent(board, draftOf("Ada", { budgetMonthlyCents: 1000 }));
    await db.owner.query(
      "insert into budget_spend (company_id, scope, scope_id, month, spent_cents) values ($1, 'agent', $2, date_trunc('month', now() at time zone 'utc'), 250.5)",
      [companyId, id],
    );
    expect(await agents.getAgent(board, { id })).toMatchObject({ status: "idle", spentMonthlyCents: 250.5 });
    expect(await agents.setAgentBudget(board, { id, budgetMonthlyCents: 200 })).toMatchObject({
      status: "paused",
      pauseReason: "budget",
      budgetMonthlyCents: 200,
    });
    await expect(agents.resumeAgent(board, { id })).rejects.toMatchObject({
      code: "budget_exhausted",
      details: { spentMonthlyCents: 250.5, budgetMonthlyCents: 200 },
    });
    expect((await agents.setAgentBudget(board, { id, budgetMonthlyCents: 300 })).status).toBe("paused");
    expect((await agents.resumeAgent(board, { id })).status).toBe("idle");
    expect((await agents.setAgentBudget(board, { id, budgetMonthlyCents: null })).status).toBe("idle");
  });

  it("terminates for good: keys die, work stops, open issues are handed back, the name becomes free", async () => {
    const tenant = await db.newTenant();
    const { board, companyId } = tenant;
    const { id } = await agents.hireAgent(board, draftOf("Ada", hourly));
    await db.owner.query(
      "insert into agent_keys (company_id, agent_id, name, prefix, key_hash) values ($1, $2, 'k', 'bra_', $3)",
      [companyId, id, `hash-${id}`],
    );
    const work = await giveWork(tenant, id);
    expect(await agents.terminateAgent(board, { id })).toMatchObject({ status: "terminated", nextWakeAt: null });
    expect(await one("select revoked_at is not null as revoked from agent_keys where agent_id = $1", [id])).toEqual({
      revoked: true,
    });
    expect(await runOf(work.queued.id)).toMatchObject({ status: "cancelled" });
    expect((await runOf(work.running.id)).cancel_requested_at).not.toBeNull();
    expect(await one("select status, assignee_agent_id from issues where id = $1", [work.issueId])).toEqual({
      status: "todo",
      assignee_agent_id: null,
    });
    const { items } = await listActivity(board, { limit: 5, entityType: "issue", entityId: work.issueId });
    expect(items.map(({ action }) => action)).toEqual(["issue.unassigned"]);
    for (const act of [agents.terminateAgent, agents.pauseAgent, agents.resumeAgent]) {
      await expect(act(board, { id })).rejects.toMatchObject({ code: "invalid_transition" });
    }
    await expect(agents.updateAgent(board, { id, name: "Zombie" })).rejects.toMatchObject({
      code: "invalid_transition",
    });
    expect((await agents.hireAgent(board, draftOf("Ada"))).urlKey).toBe("ada");
  });

  it("survives every act at once: each takes effect or is refused with a reason", async () => {
    const { board } = await db.newTenant();
    const { id } = await agents.hireAgent(board, draftOf("Ada", hourly));
    const refusals = new Set(["invalid_transition", "conflict", "agent_not_invokable"]);
    const acts = [
      () => agents.pauseAgent(board, { id }),
      () => agents.resumeAgent(board, { id }),
      () => agents.setAgentBudget(board, { id, budgetMonthlyCents: 500 }),
      () => agents.updateAgent(board, { id, title: "Countess" }),
      () => agents.rotateWebhookSecret(board, { id }),
      async () => {
        const { run } = await requestWakeup(board, { id, source: "on_demand" });
        if (run) await claimRun(board, run.id);
      },
    ];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => acts).flatMap((each) => each.map((act) => act())),
    );
    const errors = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
    expect(errors.filter((error) => !refusals.has(error.code))).toEqual([]);
    await agents.terminateAgent(board, { id });
    const { rows } = await db.owner.query(
      `select count(*)::int as n from heartbeat_runs where agent_id = $1
       and (status = 'queued' or (status = 'running' and cancel_requested_at is null))`,
      [id],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
