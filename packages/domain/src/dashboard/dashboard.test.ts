import { dashboard as dashboardEntity, sidebarBadges } from "@boardroom/contract";
import { expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent, pauseAgent, setAgentBudget } from "../agents/index.ts";
import { createApproval } from "../approvals/index.ts";
import { snoozeDecision } from "../decisions/index.ts";
import { checkHealth } from "../system/index.ts";
import { readBadges, readDashboard } from "./index.ts";

const db = useDomainDatabase();
const run = (sqlText: string, values: unknown[]) => db.owner.query(sqlText, values);

async function addRuns({ companyId }: Tenant, agentId: string, statuses: string[]) {
  for (const status of statuses) {
    await run(
      `with w as (insert into wakes (company_id, agent_id, source, reason, task_key, status) values ($1, $2, 'timer', 'timer', 'agent', 'done') returning *)
       insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source, status, finished_at)
       select $1, $2, id, source, $3, now() from w`,
      [companyId, agentId, status],
    );
  }
}
async function spend({ companyId }: Tenant, agentId: string, cents: number) {
  await run(
    `insert into cost_events (company_id, agent_id, provider, model, cost_cents, occurred_at) values ($1, $2, 'p', 'm', $3, now())`,
    [companyId, agentId, cents],
  );
  await run(
    `insert into budget_spend (company_id, scope, scope_id, month, spent_cents)
     values ($1, 'agent', $2, date_trunc('month', now() at time zone 'utc'), $3)`,
    [companyId, agentId, cents],
  );
}
const addIssue = ({ companyId }: Tenant, number: number, status: string) =>
  run(
    `insert into issues (company_id, identifier, issue_number, title, status, completed_at)
     select $1, 'X-' || $2::int, $2::int, 'Work', $3::issue_status, case when $3::issue_status = 'done' then now() end`,
    [companyId, number, status],
  );

it("is all zeros, days included, for a new company", async () => {
  const { board, companyId } = await db.newTenant();
  const empty = dashboardEntity.strict().parse(await readDashboard(board));
  expect(empty).toMatchObject({
    companyId,
    agents: { active: 0, running: 0, paused: 0, error: 0 },
    tasks: { open: 0, inProgress: 0, blocked: 0, done: 0 },
    costs: { monthSpendCents: 0, monthBudgetCents: null, monthUtilizationPercent: 0 },
    pendingApprovals: 0,
  });
  expect(empty.runActivity).toHaveLength(14);
  expect(empty.runActivity.at(-1)).toEqual({
    date: new Date().toISOString().slice(0, 10),
    succeeded: 0,
    failed: 0,
    other: 0,
    total: 0,
  });
  expect(empty.spendByDay).toHaveLength(new Date().getUTCDate());
  expect(await readBadges(board)).toEqual({ inbox: 0, approvals: 0, toolApprovals: 0, failedRuns: 0 });
});

it("counts what moved, waits and costs, in one request each, and nothing of another company", async () => {
  const [tenant, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  for (const each of [tenant, other]) {
    const ada = await hireAgent(each.board, draftOf("Ada", { budgetMonthlyCents: 100 }));
    const bob = await hireAgent(each.board, draftOf("Bob"));
    await addRuns(each, ada.id, ["failed", "succeeded", "lost"]);
    await addRuns(each, bob.id, ["timed_out", "succeeded", "cancelled", "queued"]);
    await spend(each, ada.id, 85.5);
    await run("update companies set budget_monthly_cents = 1000 where id = $1", [each.companyId]);
    for (const [index, status] of ["todo", "in_progress", "blocked", "done", "cancelled"].entries()) {
      await addIssue(each, index + 1, status);
    }
    await createApproval(each.board, { type: "request_board_approval", payload: {} });
    await pauseAgent(each.board, { id: bob.id });
  }
  const figures = dashboardEntity.parse(await readDashboard(tenant.board));
  expect(figures).toMatchObject({
    agents: { active: 1, running: 0, paused: 1, error: 0 },
    tasks: { open: 3, inProgress: 1, blocked: 1, done: 1 },
    costs: { monthSpendCents: 85.5, monthBudgetCents: 1000, monthUtilizationPercent: 8.55 },
    pendingApprovals: 1,
    budgets: { pausedAgents: 0, alertedAgents: 1 },
    today: { done: 1, failedRuns: 3, blocked: 1, spendCents: 85.5 },
  });
  expect(figures.runActivity.at(-1)).toMatchObject({ succeeded: 2, failed: 3, other: 2, total: 7 });
  expect(figures.spendByDay.at(-1)?.costCents).toBe(85.5);
  expect(sidebarBadges.parse(await readBadges(tenant.board))).toEqual({
    inbox: 2,
    approvals: 1,
    toolApprovals: 0,
    failedRuns: 1,
  });
  expect(await db.countRequests(() => readDashboard(tenant.board))).toBe(1);
  expect(await db.countRequests(() => readBadges(tenant.board))).toBe(1);
});

it("puts an agent that ran out of budget into the inbox", async () => {
  const tenant = await db.newTenant();
  const ada = await hireAgent(tenant.board, draftOf("Ada"));
  await spend(tenant, ada.id, 50);
  await setAgentBudget(tenant.board, { id: ada.id, budgetMonthlyCents: 40 });
  expect((await readDashboard(tenant.board)).budgets).toEqual({ pausedAgents: 1, alertedAgents: 0 });
  expect(await readBadges(tenant.board)).toEqual({ inbox: 1, approvals: 0, toolApprovals: 0, failedRuns: 0 });
});

it("counts for each person what they have not put off", async () => {
  const tenant = await db.newTenant();
  const admin = await tenant.member("admin");
  const { id } = await createApproval(tenant.board, { type: "request_board_approval", payload: { title: "Ink?" } });
  const until = new Date(Date.now() + 60_000).toISOString();
  await snoozeDecision(tenant.board, { kind: "approval", did: id, until });
  expect((await readBadges(tenant.board)).inbox).toBe(0);
  expect((await readBadges(admin)).inbox).toBe(1);
});

it("says that the database answers", async () => {
  expect(await checkHealth({ system: db.database.system("health"), version: "1.2.3" })).toEqual({
    status: "ok",
    version: "1.2.3",
    scheduler: { lastTickAt: null, isLate: true, rescued: 0 },
  });
});
