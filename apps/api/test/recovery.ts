import { setTimeout as sleep } from "node:timers/promises";
import { BoardroomError } from "@boardroom/contract";
import type { HiredTestAgent, TestBoardroom, TestCompany } from "@boardroom/testing";
import { expect } from "vitest";
import { taskCostCents } from "./agent-work.ts";
import { persist } from "./careful-agent.ts";

const maxRounds = 20;

/** Assigns an issue and repeats the request until it is answered, as a browser or a script does. */
export function assignPersistently({ board, cid }: TestCompany, assigneeAgentId: string, title = "Work") {
  const body = { title, assigneeAgentId, idempotencyKey: crypto.randomUUID() };
  return persist(() => board.call("issues.create", { params: { cid }, body }));
}

/**
 * Lets time pass until nothing is open any more: leases end, what waits is due, the trigger fires.
 * @param quietMs so long nothing may move before time is made to pass; longer than anything takes that still works
 */
export async function recover(boardroom: TestBoardroom, { cid }: TestCompany, quietMs = 400): Promise<void> {
  for (let round = 0; round < maxRounds; round++) {
    if (await comesToRest(boardroom, cid, quietMs)) return;
    await boardroom.ownerQuery(
      "update heartbeat_runs set lease_expires_at = now() - interval '1 second' where company_id = $1 and status = 'running'",
      [cid],
    );
    await boardroom.ownerQuery(
      "update heartbeat_runs set available_at = now() where company_id = $1 and status = 'queued'",
      [cid],
    );
    await boardroom.runScheduled().catch(() => undefined);
    await boardroom.ownerQuery(
      "update heartbeat_runs set available_at = now() where company_id = $1 and status = 'queued'",
      [cid],
    );
    await boardroom.runScheduled().catch(() => undefined);
  }
  const open = await boardroom.ownerQuery(
    "select id, status, attempt, error, available_at from heartbeat_runs where company_id = $1 and status in ('queued', 'running')",
    [cid],
  );
  throw new Error(`After ${maxRounds} rounds these runs are still open: ${JSON.stringify(open)}`);
}

/** True once no run is open; false when nothing has moved for a while although some are. */
async function comesToRest(boardroom: TestBoardroom, cid: string, quietMs: number): Promise<boolean> {
  let before = "";
  for (let stillMs = 0; stillMs < quietMs; stillMs += 50, await sleep(50)) {
    const [now] = await boardroom.ownerQuery<{ open: number; moves: string }>(
      `select (select count(*)::int from heartbeat_runs where company_id = $1 and status in ('queued', 'running')) as open,
        concat((select max(updated_at) from heartbeat_runs where company_id = $1), (select max(seq) from activity_log where company_id = $1)) as moves`,
      [cid],
    );
    if (now?.open === 0) return true;
    if (now && now.moves !== before) [before, stillMs] = [now.moves, 0];
  }
  return false;
}

/** What must hold after any trouble: every wake has an outcome, all work is done, and nothing happened twice. */
export async function expectDoneOnce(
  boardroom: TestBoardroom,
  { cid }: TestCompany,
  issueCount: number,
): Promise<void> {
  const rows = <Row extends Record<string, unknown>>(sql: string) => boardroom.ownerQuery<Row>(sql, [cid]);
  const wakes = await rows<{ status: string; skip_reason: string | null; resolved_at: Date | null }>(
    "select status, skip_reason, resolved_at from wakes where company_id = $1",
  );
  expect(wakes.length).toBeGreaterThanOrEqual(issueCount);
  for (const wake of wakes) {
    expect(["done", "skipped"]).toContain(wake.status);
    expect(wake.resolved_at).not.toBeNull();
    expect(wake.skip_reason !== null).toBe(wake.status === "skipped");
  }
  const issues = await rows(
    `select i.status, i.checkout_run_id as holder,
      (select count(*)::int from comments c where c.company_id = i.company_id and c.issue_id = i.id) as comments,
      (select count(*)::int from cost_events e where e.company_id = i.company_id and e.issue_id = i.id) as costs
     from issues i where i.company_id = $1`,
  );
  expect(issues).toEqual(Array(issueCount).fill({ status: "done", holder: null, comments: 1, costs: 1 }));
  const [money] = await rows(
    `select (select sum(cost_cents)::float8 from cost_events where company_id = $1) as events,
      (select sum(spent_cents)::float8 from budget_spend where company_id = $1 and scope = 'agent') as spent,
      (select sum(cost_cents)::float8 from heartbeat_runs where company_id = $1) as runs,
      (select sum(total_cost_cents)::float8 from agent_runtime_state where company_id = $1) as totals`,
  );
  const total = issueCount * taskCostCents;
  expect(money).toEqual({ events: total, spent: total, runs: total, totals: total });
  const busy = await rows("select name, status from agents where company_id = $1 and status <> 'idle'");
  expect(busy).toEqual([]);
}

/** The ids under which the agent was called: one a run, so that what it does outside happens once a run. */
export const webhookIdsOf = ({ server }: HiredTestAgent) => [
  ...new Set(server.received.map(({ headers }) => String(headers["webhook-id"]))),
];

/** An agent's errors but for calls that were cut off. */
export const realErrorsOf = ({ server }: HiredTestAgent) =>
  server.errors.filter((error) => error instanceof BoardroomError && error.status < 500);
