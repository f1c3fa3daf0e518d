import { expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { asSystem, claim } from "../../test/heartbeat-steps.ts";
import { addAgent, addRun, type TestAgent } from "../../test/working-agents.ts";
import { addComment, checkoutIssue, createIssue, updateIssue } from "../issues/index.ts";
import { finishRun } from "./finish-run.ts";

const db = useDomainDatabase();

async function wakesThatStand(agent: TestAgent) {
  const { rows } = await db.owner.query("select reason from wakes where agent_id = $1 and status <> 'skipped'", [
    agent.id,
  ]);
  return rows;
}

async function claimAll(tenant: Tenant, agent: TestAgent): Promise<void> {
  const { rows } = await db.owner.query<{ id: string }>("select id from heartbeat_runs where agent_id = $1", [
    agent.id,
  ]);
  for (const { id } of rows) await claim(tenant, id);
}

async function untilWaiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await db.owner.query(
      "select count(*)::int as waiting from pg_stat_activity where wait_event_type = 'Lock'",
    );
    if (rows[0].waiting >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

it("doesn't skip, by an old look at the gates, a wake into which the last blocker's end merges", async () => {
  const tenant = await db.newTenant();
  const agent = await addAgent(db.owner, tenant.companyId);
  const blocker = await createIssue(tenant.board, { title: "First", status: "in_progress" });
  const issue = await createIssue(tenant.board, { title: "Then", assigneeAgentId: agent.id });
  await updateIssue(tenant.board, { id: issue.id, blockedByIssueIds: [blocker.id] });
  const { rows } = await db.owner.query<{ id: string }>("select id from heartbeat_runs where agent_id = $1", [
    agent.id,
  ]);
  const runId = String(rows[0]?.id);
  const holder = await db.owner.connect();
  await holder.query("begin");
  await holder.query("select 1 from heartbeat_runs where id = $1 for update", [runId]);
  const claiming = claim(tenant, runId);
  await untilWaiting(1);
  const ending = updateIssue(tenant.board, { id: blocker.id, status: "done" });
  await Promise.race([ending, untilWaiting(2)]);
  await holder.query("commit");
  holder.release();
  await Promise.all([claiming, ending]);
  expect(await wakesThatStand(agent)).toHaveLength(1);
});

it("calls the agent for a question about a done issue that merged into its assignment", async () => {
  const tenant = await db.newTenant();
  const agent = await addAgent(db.owner, tenant.companyId);
  const issue = await createIssue(tenant.board, { title: "Work", assigneeAgentId: agent.id });
  for (const status of ["in_progress", "done"] as const) await updateIssue(tenant.board, { id: issue.id, status });
  await addComment(tenant.board, { id: issue.id, body: "Where is it?" });
  await claimAll(tenant, agent);
  expect(await wakesThatStand(agent)).toHaveLength(1);
});

it("calls a former assignee whose mention merged into the assignment that went to somebody else", async () => {
  const tenant = await db.newTenant();
  const [ada, bob] = [
    await addAgent(db.owner, tenant.companyId, { name: "Ada" }),
    await addAgent(db.owner, tenant.companyId),
  ];
  const issue = await createIssue(tenant.board, { title: "Work", assigneeAgentId: ada.id });
  await updateIssue(tenant.board, { id: issue.id, assigneeAgentId: bob.id });
  await addComment(tenant.board, { id: issue.id, body: "@ada tell her what you know" });
  await claimAll(tenant, ada);
  expect(await wakesThatStand(ada)).toHaveLength(1);
});

it("ends a run beside comments and changes of its issue without anybody failing", { timeout: 120_000 }, async () => {
  const tenant = await db.newTenant();
  for (let round = 0; round < 25; round++) {
    const agent = await addAgent(db.owner, tenant.companyId);
    const issue = await createIssue(tenant.board, { title: "Work", status: "backlog", assigneeAgentId: agent.id });
    const run = await addRun(db.owner, tenant.companyId, agent);
    const ctx = tenant.asRun(agent, run);
    await checkoutIssue(ctx, { id: issue.id, agentId: agent.id, expectedStatuses: ["backlog"] });
    const outcomes = await Promise.allSettled([
      finishRun(asSystem(tenant), { runId: run.id, fence: run.fence, result: { status: "succeeded" } }),
      addComment(tenant.board, { id: issue.id, body: "One" }),
      addComment(tenant.board, { id: issue.id, body: "Two" }),
      updateIssue(tenant.board, { id: issue.id, status: "todo" }),
    ]);
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
  }
});
