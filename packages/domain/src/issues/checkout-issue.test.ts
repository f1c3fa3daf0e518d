import { checkoutConflict, issue as issueEntity } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent } from "../../test/working-agents.ts";
import { listActivity } from "../activity/index.ts";
import { checkoutIssue, createIssue, forceReleaseIssue, getIssue, releaseIssue } from "./index.ts";

const db = useDomainDatabase();
const expectedStatuses = ["todo", "backlog", "blocked", "in_review"] as const;
const expected = { expectedStatuses: [...expectedStatuses] };

const agentIn = (tenant: Tenant, fields?: Parameters<typeof addAgent>[2]) =>
  addAgent(db.owner, tenant.companyId, fields);
const runOf = async (tenant: Tenant, agent: TestAgent, fields?: Parameters<typeof addRun>[3]): Promise<TestCtx> =>
  tenant.asRun(agent, await addRun(db.owner, tenant.companyId, agent, fields));
const conflictOf = (error: unknown) => checkoutConflict.parse((error as { details: unknown }).details);

describe("a race for one issue", () => {
  it.each([50, 1000])(
    "of %i callers has one winner, and every loser learns who holds it",
    { timeout: 60_000 },
    async (callers) => {
      const tenant = await db.newTenant();
      const { id } = await createIssue(tenant.board, { title: "Wanted" });
      const agents = await Promise.all(Array.from({ length: 10 }, () => agentIn(tenant)));
      const runs: [TestAgent, TestCtx][] = [];
      for (const agent of agents) {
        for (let n = 0; n < callers / agents.length; n += 1) runs.push([agent, await runOf(tenant, agent)]);
      }
      const outcomes = await Promise.allSettled(
        runs.map(([agent, ctx]) => checkoutIssue(ctx, { id, agentId: agent.id, ...expected })),
      );
      const won = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
      expect(won).toHaveLength(1);
      const holderName = agents.find((agent) => agent.id === won[0]?.assigneeAgentId)?.name;
      for (const outcome of outcomes) {
        if (outcome.status === "fulfilled") continue;
        expect(outcome.reason).toMatchObject({ code: "checkout_conflict", message: "Issue checkout conflict" });
        const conflict = conflictOf(outcome.reason);
        expect(conflict).toMatchObject({
          issueId: id,
          status: "in_progress",
          reason: "held",
          assigneeAgentId: won[0]?.assigneeAgentId,
          checkoutRunId: won[0]?.checkoutRunId,
          holder: { agentName: holderName },
        });
        expect(conflict.retryAfterMs).toBeGreaterThan(10_000);
      }
      const { items } = await listActivity(tenant.board, { limit: 50, action: "issue.checked_out" });
      expect(items).toHaveLength(1);
    },
  );
});

describe("checkout", () => {
  it("is one request and answers the issue with its lock", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const issue = await createIssue(tenant.board, { title: "Work", status: "backlog" });
    const run = await runOf(tenant, agent);
    let taken: unknown;
    const requests = await db.countRequests(async () => {
      taken = await checkoutIssue(run, { id: issue.identifier.toLowerCase(), agentId: agent.id, ...expected });
    });
    expect(requests).toBe(1);
    expect(issueEntity.parse(taken)).toMatchObject({
      id: issue.id,
      status: "in_progress",
      assigneeAgentId: agent.id,
      checkoutRunId: run.actor.runId,
      executionRunId: run.actor.runId,
    });
    expect((await getIssue(tenant.board, issue)).holder).toMatchObject({
      agentName: agent.name,
      runId: run.actor.runId,
    });
  });

  it("answers the same run again without a second entry in the log", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const run = await runOf(tenant, agent);
    const first = await checkoutIssue(run, { id, agentId: agent.id, ...expected });
    const again = await checkoutIssue(run, { id, agentId: agent.id, ...expected });
    expect(issueEntity.parse(again)).toEqual(issueEntity.parse(first));
    expect((await listActivity(tenant.board, { limit: 50, action: "issue.checked_out" })).items).toHaveLength(1);
  });

  it("lets the agent whose lease ended take its issue over, and nobody else", async () => {
    const tenant = await db.newTenant();
    const [agent, other] = [await agentIn(tenant), await agentIn(tenant)];
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const first = await runOf(tenant, agent);
    const started = await checkoutIssue(first, { id, agentId: agent.id, ...expected });
    const second = await runOf(tenant, agent);
    await expect(checkoutIssue(second, { id, agentId: agent.id, ...expected })).rejects.toMatchObject({
      details: { reason: "held" },
    });
    await db.owner.query("update heartbeat_runs set lease_expires_at = now() - interval '1 second' where id = $1", [
      first.actor.runId,
    ]);
    const others = await runOf(tenant, other);
    await expect(checkoutIssue(others, { id, agentId: other.id, ...expected })).rejects.toMatchObject({
      details: { reason: "assigned_to_other", holder: null, retryAfterMs: null },
    });
    expect((await getIssue(tenant.board, { id })).holder).toBeNull();
    const taken = await checkoutIssue(second, { id, agentId: agent.id, ...expected });
    expect(taken).toMatchObject({ checkoutRunId: second.actor.runId, startedAt: started.startedAt });
  });

  it("refuses a status that the caller didn't expect, and ended issues always", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const run = await runOf(tenant, agent);
    const review = await createIssue(tenant.board, { title: "Review", status: "in_review" });
    const done = await createIssue(tenant.board, { title: "Done", status: "done" });
    for (const [id, statuses] of [
      [review.id, ["todo"]],
      [done.id, ["done"]],
    ] as const) {
      const refused = checkoutIssue(run, { id, agentId: agent.id, expectedStatuses: [...statuses] });
      await expect(refused).rejects.toMatchObject({ code: "checkout_conflict", details: { reason: "status" } });
    }
  });

  it("is for the agent itself; the board may hand it to any", async () => {
    const tenant = await db.newTenant();
    const [agent, other] = [await agentIn(tenant), await agentIn(tenant)];
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const run = await runOf(tenant, agent);
    await expect(checkoutIssue(run, { id, agentId: other.id, ...expected })).rejects.toMatchObject({
      code: "forbidden",
    });
    const handed = await checkoutIssue(tenant.board, { id, agentId: other.id, ...expected });
    expect(handed).toMatchObject({ assigneeAgentId: other.id, status: "in_progress", checkoutRunId: null });
  });

  it("refuses a run whose lease or fence is gone", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const run = await addRun(db.owner, tenant.companyId, agent);
    const stale = tenant.asRun(agent, { id: run.id, fence: run.fence - 1 });
    await expect(checkoutIssue(stale, { id, agentId: agent.id, ...expected })).rejects.toMatchObject({
      code: "lease_lost",
    });
    const ended = await runOf(tenant, agent, { status: "succeeded" });
    await expect(checkoutIssue(ended, { id, agentId: agent.id, ...expected })).rejects.toMatchObject({
      code: "lease_lost",
    });
    expect(await getIssue(tenant.board, { id })).toMatchObject({ status: "todo", checkoutRunId: null });
  });

  it("is refused with the numbers while a budget is used up", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant, { budgetCents: 100 });
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const run = await runOf(tenant, agent);
    await db.owner.query(
      "insert into budget_spend values ($1, 'agent', $2, date_trunc('month', now() at time zone 'utc')::date, 100.5)",
      [tenant.companyId, agent.id],
    );
    await expect(checkoutIssue(run, { id, agentId: agent.id, ...expected })).rejects.toMatchObject({
      code: "budget_exhausted",
      details: { scope: "agent", budgetCents: 100, spentCents: 100.5 },
    });
    await db.owner.query("update agents set budget_monthly_cents = null where id = $1", [agent.id]);
    await db.owner.query("update companies set budget_monthly_cents = 50 where id = $1", [tenant.companyId]);
    await expect(checkoutIssue(run, { id, agentId: agent.id, ...expected })).rejects.toMatchObject({
      code: "budget_exhausted",
      details: { scope: "company", budgetCents: 50, spentCents: 100.5 },
    });
    await db.owner.query("update companies set budget_monthly_cents = 500 where id = $1", [tenant.companyId]);
    expect(await checkoutIssue(run, { id, agentId: agent.id, ...expected })).toMatchObject({ status: "in_progress" });
  });

  it.each(["paused", "terminated", "pending_approval"])("is refused for an agent that is %s", async (status) => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant, { status });
    const { id } = await createIssue(tenant.board, { title: "Work" });
    await expect(checkoutIssue(tenant.board, { id, agentId: agent.id, ...expected })).rejects.toMatchObject({
      code: "agent_not_invokable",
    });
  });

  it("hides another company's issues and agents", async () => {
    const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
    const foreign = await createIssue(other.board, { title: "Theirs" });
    const own = await createIssue(mine.board, { title: "Ours" });
    const [agent, foreignAgent] = [await agentIn(mine), await agentIn(other)];
    for (const id of [foreign.id, foreign.identifier]) {
      await expect(checkoutIssue(mine.board, { id, agentId: agent.id, ...expected })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await expect(
      checkoutIssue(mine.board, { id: own.id, agentId: foreignAgent.id, ...expected }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("release", () => {
  it("by the agent leaves the issue to anybody, by the board keeps the assignee", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const run = await runOf(tenant, agent);
    await checkoutIssue(run, { id, agentId: agent.id, ...expected });
    expect(await releaseIssue(run, { id })).toMatchObject({
      status: "todo",
      assigneeAgentId: null,
      checkoutRunId: null,
    });
    await checkoutIssue(run, { id, agentId: agent.id, ...expected });
    expect(await releaseIssue(tenant.board, { id })).toMatchObject({
      status: "todo",
      assigneeAgentId: agent.id,
      executionLockedAt: null,
    });
  });

  it("is refused to other agents and to another run while the lease holds", async () => {
    const tenant = await db.newTenant();
    const [agent, other] = [await agentIn(tenant), await agentIn(tenant)];
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const run = await runOf(tenant, agent);
    await checkoutIssue(run, { id, agentId: agent.id, ...expected });
    await expect(releaseIssue(await runOf(tenant, other), { id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(releaseIssue(await runOf(tenant, agent), { id })).rejects.toMatchObject({ code: "conflict" });
    const done = await createIssue(tenant.board, { title: "Done", status: "done" });
    await expect(releaseIssue(tenant.board, done)).rejects.toMatchObject({ code: "conflict" });
  });

  it("by force takes the issue away from its run, and the log says from whom", async () => {
    const tenant = await db.newTenant();
    const [agent, other] = [await agentIn(tenant), await agentIn(tenant)];
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const run = await runOf(tenant, agent);
    await checkoutIssue(run, { id, agentId: agent.id, ...expected });
    expect(await forceReleaseIssue(tenant.board, { id })).toMatchObject({
      status: "todo",
      assigneeAgentId: null,
      checkoutRunId: null,
    });
    const { items } = await listActivity(tenant.board, { limit: 1 });
    expect(items[0]).toMatchObject({
      action: "issue.force_released",
      details: { takenFrom: { agentId: agent.id, agentName: agent.name, runId: run.actor.runId } },
    });
    const next = await runOf(tenant, other);
    await checkoutIssue(next, { id, agentId: other.id, ...expected });
    await expect(checkoutIssue(run, { id, agentId: agent.id, ...expected })).rejects.toMatchObject({
      details: { reason: "held", holder: { agentName: other.name } },
    });
    await expect(forceReleaseIssue(run, { id })).rejects.toMatchObject({ code: "forbidden" });
  });
});
