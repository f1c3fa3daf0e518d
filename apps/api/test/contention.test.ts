import { setTimeout as sleep } from "node:timers/promises";
import { type BoardroomClient, BoardroomError } from "@boardroom/contract";
import { seededRandom } from "@boardroom/local";
import { behaviours, type HiredTestAgent, type ReceivedWebhook, useOwnBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";

const seed = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
const boardroom = useOwnBoardroom({ seed });
const lastsMs = 4000;

it("everybody at once, agents and board on the same rows: no deadlock, no 5xx, and the money adds up", async () => {
  const { neon } = boardroom.services;
  process.stdout.write(`The crowd follows seed ${neon.faults.seed}; SEED=… repeats it\n`);
  const random = seededRandom(neon.faults.seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] ?? never();
  const company = await boardroom.newCompany({ budgetMonthlyCents: 1_000_000 });
  const { board, cid } = company;
  const failures: string[] = [];
  let reportedCents = 0;
  let atWork = 0;

  /** Refusals are part of the game; what is none of ours is not. */
  const attempt = async <T>(what: string, call: Promise<T>): Promise<T | null> => {
    try {
      return await call;
    } catch (error) {
      const isRefusal = error instanceof BoardroomError && error.status < 500;
      if (!isRefusal) failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };

  const project = await board.call("projects.create", { params: { cid }, body: { name: "All" } });
  const issueIds: string[] = [];
  const work = async ({ api, runId, payload }: ReceivedWebhook) => {
    const { agentId } = payload.data;
    const steps = Array.from({ length: 6 }, async () => {
      const params = { id: pick(issueIds) };
      await attempt("checkout", api.call("issues.checkout", { params, body: { agentId } }));
      const cost = { agentId, issueId: params.id, provider: "p", model: "m", costCents: 2 };
      if (await attempt("cost", api.call("costs.report", { params: { cid }, body: cost }))) reportedCents += 2;
      await attempt("comment", api.call("issues.comment", { params, body: { body: "Hello" } }));
      await attempt("renew", api.call("runs.renew", { params: { id: runId }, body: { progress: "On it" } }));
      await attempt(
        "update",
        api.call("issues.update", { params, body: { status: pick(["done", "in_progress", "todo"] as const) } }),
      );
    });
    await Promise.all(steps);
    const body = { status: pick(["succeeded", "failed"] as const), costUsd: 0.01 };
    if (await attempt("complete", api.call("runs.complete", { params: { id: runId }, body }))) reportedCents += 1;
  };
  const behaviour = behaviours.accept(async (webhook) => {
    if (!webhook.runToken) return;
    atWork += 1;
    await work(webhook);
    atWork -= 1;
  });
  const runtimeConfig = { heartbeat: { maxConcurrentRuns: 5 } };
  const agents: HiredTestAgent[] = [];
  for (let index = 0; index < 3; index++) {
    agents.push(await boardroom.hireHttpAgent(company, { behaviour, runtimeConfig, budgetMonthlyCents: 400 }));
  }
  for (let index = 0; index < 8; index++) {
    const body = { title: `Issue ${index}`, projectId: project.id };
    issueIds.push((await board.call("issues.create", { params: { cid }, body })).id);
  }

  const endAt = Date.now() + lastsMs;
  const moves = boardMoves(
    board,
    cid,
    () => pick(agents).agent.id,
    () => pick(issueIds),
  );
  const people = Array.from({ length: 6 }, async () => {
    while (Date.now() < endAt) {
      const [name, move] = pick(moves);
      await attempt(name, move());
    }
  });
  const ticking = (async () => {
    while (Date.now() < endAt) {
      await boardroom.runScheduled();
      await sleep(300);
    }
  })();
  await Promise.all([...people, ticking]);
  await expect.poll(() => atWork, { timeout: 20_000 }).toBe(0);

  expect(failures).toEqual([]);
  expect(agents.flatMap(({ server }) => server.errors)).toEqual([]);
  const [database] = await boardroom.ownerQuery<{ deadlocks: string }>(
    "select deadlocks from pg_stat_database where datname = current_database()",
  );
  expect(Number(database?.deadlocks)).toBe(0);
  const [money] = await boardroom.ownerQuery<Record<string, number>>(
    `select (select sum(cost_cents)::float8 from cost_events where company_id = $1) as events,
      (select sum(spent_cents)::float8 from budget_spend where company_id = $1 and scope = 'agent') as spent,
      (select sum(cost_cents)::float8 from heartbeat_runs where company_id = $1) as runs,
      (select sum(total_cost_cents)::float8 from agent_runtime_state where company_id = $1) as totals`,
    [cid],
  );
  expect(money?.events).toBeGreaterThan(0);
  expect(money).toEqual({ events: money?.events, spent: money?.events, runs: money?.events, totals: money?.events });
  expect(money?.events).toBe(reportedCents);
  const counts = await boardroom.ownerQuery<{ status: string; count: number }>(
    "select status, count(*)::int from heartbeat_runs where company_id = $1 group by 1 order by 1",
    [cid],
  );
  process.stdout.write(`Runs of the crowd: ${counts.map(({ status, count }) => `${count} ${status}`).join(", ")}\n`);
}, 40_000);

type Move = [name: string, move: () => Promise<unknown>];

/** What people at the board do all at once. */
function boardMoves(board: BoardroomClient, cid: string, agentId: () => string, issueId: () => string) {
  const agent = () => ({ params: { id: agentId() } });
  const issue = () => ({ params: { id: issueId() } });
  const raise = () => board.call("agents.setBudget", { ...agent(), body: { budgetMonthlyCents: 1_000_000 } });
  const moves: Move[] = [
    ["assign", () => board.call("issues.update", { ...issue(), body: { assigneeAgentId: agentId(), status: "todo" } })],
    ["assign", () => board.call("issues.update", { ...issue(), body: { assigneeAgentId: agentId(), status: "todo" } })],
    ["reopen", () => board.call("issues.update", { ...issue(), body: { status: "todo" } })],
    ["invoke", () => board.call("agents.invoke", { ...agent(), body: {} })],
    ["invoke for an issue", () => board.call("agents.invoke", { ...agent(), body: { issueId: issueId() } })],
    ["pause", () => board.call("agents.pause", { ...agent(), body: {} })],
    // Oftener than paused and lowered, so that there is work.
    ...Array.from({ length: 4 }, (): Move => ["resume", () => board.call("agents.resume", { ...agent(), body: {} })]),
    ...Array.from({ length: 4 }, (): Move => ["raise", raise]),
    ["lower", () => board.call("agents.setBudget", { ...agent(), body: { budgetMonthlyCents: 50 } })],
    ["free", () => board.call("issues.forceRelease", issue())],
    [
      "cancel",
      async () => {
        const [run] = await board.call("runs.live", { params: { cid } });
        if (run) await board.call("runs.cancel", { params: { id: run.id }, body: {} });
      },
    ],
    ["dashboard", () => board.call("companies.dashboard", { params: { cid } })],
  ];
  return moves;
}

function never(): never {
  throw new Error("Nothing to pick from");
}
