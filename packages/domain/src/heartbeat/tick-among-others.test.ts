import { BoardroomError, runtimeConfig } from "@boardroom/contract";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent } from "../agents/hire-agent.ts";
import { pauseAgent } from "../agents/pause-agent.ts";
import { resumeAgent } from "../agents/resume-agent.ts";
import { setAgentBudget } from "../agents/set-agent-budget.ts";
import { updateAgent } from "../agents/update-agent.ts";
import { systemActor } from "../context.ts";
import { deliverRun } from "./deliver-run.ts";
import { invokeHeartbeat } from "./invoke-heartbeat.ts";
import { tick } from "./tick.ts";

const domain = useDomainDatabase();
const durationMs = 5000;

it("ticks get along with a board that pauses, resumes, wakes and changes the same agents: nobody waits in a circle", async () => {
  const tenant = await domain.newTenant();
  const withInterval = (intervalSec: number) => runtimeConfig.parse({ heartbeat: { enabled: true, intervalSec } });
  const agents: string[] = [];
  for (let n = 1; n <= 12; n++) {
    const agent = await hireAgent(tenant.board, draftOf(`Agent ${n}`, { runtimeConfig: withInterval(600) }));
    agents.push(agent.id);
  }
  await domain.owner.query(
    `insert into issues (company_id, identifier, issue_number, title, assignee_agent_id)
     select company_id, 'T-' || n, n, 'Work', id from (select company_id, id, row_number() over () as n from agents) a`,
  );
  const until = Date.now() + durationMs;
  const deadlocks = async () =>
    Number((await domain.owner.query("select sum(deadlocks) as n from pg_stat_database")).rows[0]?.n);
  const before = await deadlocks();
  const unexpected: unknown[] = [];
  const done = { ticks: 0, runs: 0, changes: 0 };
  const repeat = async (work: () => Promise<unknown>) => {
    while (Date.now() < until) {
      await work().catch((error: unknown) => {
        // Pausing the paused and waking the paused are refused; everything else is a fault.
        if (!(error instanceof BoardroomError) || error.code === "unavailable") unexpected.push(error);
      });
    }
  };
  const pick = () => agents[Math.floor(Math.random() * agents.length)] ?? "";
  const system = () => domain.database.system("test");
  const runTick = async () => {
    await domain.owner.query("update agent_schedules set next_wake_at = now() where enabled");
    await tick(system(), tenant.ports);
    done.ticks += 1;
  };
  const deliver = async () => {
    const run = tenant.ports.enqueued.shift() ?? tenant.ports.dispatched.shift();
    if (!run) return new Promise((resolve) => setTimeout(resolve, 5));
    await deliverRun({ ...tenant.board, actor: systemActor }, run.runId);
    done.runs += 1;
  };
  const change = async () => {
    const id = pick();
    const changes = [
      () => pauseAgent(tenant.board, { id }),
      () => resumeAgent(tenant.board, { id }),
      () => invokeHeartbeat(tenant.board, { id }),
      () => setAgentBudget(tenant.board, { id, budgetMonthlyCents: 100_000 }),
      () => updateAgent(tenant.board, { id, runtimeConfig: withInterval(600 + done.changes) }),
    ];
    done.changes += 1;
    await changes[Math.floor(Math.random() * changes.length)]?.();
  };
  await Promise.all([
    repeat(runTick),
    repeat(runTick),
    repeat(deliver),
    repeat(change),
    repeat(change),
    repeat(change),
  ]);
  expect(unexpected).toEqual([]);
  expect(await deadlocks()).toBe(before);
  expect(Math.min(done.ticks, done.runs, done.changes)).toBeGreaterThan(5);
});
