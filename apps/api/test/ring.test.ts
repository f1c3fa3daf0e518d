import { setTimeout as sleep } from "node:timers/promises";
import { behaviours, type HiredTestAgent, type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";

const boardroom = useBoardroom();
const ringSize = 10;
/** Runs of one chain: the first one and a hop each. */
const mostRuns = 17;

/** Lets time pass for what the storm breaker holds up, until nothing is open. */
async function untilRest({ cid }: TestCompany): Promise<void> {
  for (let round = 0; round < 100; round++) {
    const open = await boardroom.ownerQuery<{ wait_reason: string | null }>(
      "select wait_reason from heartbeat_runs where company_id = $1 and status in ('queued', 'running')",
      [cid],
    );
    if (open.length === 0) return;
    if (open.some(({ wait_reason }) => wait_reason === "storm_breaker")) {
      await boardroom.ownerQuery("update agent_task_sessions set quiet_until = null where company_id = $1", [cid]);
      await boardroom.ownerQuery(
        "update heartbeat_runs set available_at = now() where company_id = $1 and status = 'queued'",
        [cid],
      );
      await boardroom.runScheduled();
    }
    await sleep(100);
  }
  throw new Error("The ring goes on");
}

it("ten agents that wake each other over HTTP stop within the hop limit, and the board sees why", async () => {
  const company = await boardroom.newCompany();
  const { board, cid } = company;
  const ring: HiredTestAgent[] = [];
  for (let index = 0; index < ringSize; index++) {
    const behaviour = behaviours.workThenFinish(async ({ api }) => {
      const next = ring[(index + 1) % ringSize];
      await api.call("agents.wakeup", {
        params: { id: next?.agent.id ?? "" },
        body: { source: "automation", reason: "your turn" },
      });
    });
    ring.push(await boardroom.hireHttpAgent(company, { behaviour }));
  }
  await board.call("agents.invoke", { params: { id: ring[0]?.agent.id ?? "" }, body: {} });
  await untilRest(company);

  expect(ring.flatMap(({ server }) => server.errors)).toEqual([]);
  expect(ring.reduce((sum, { server }) => sum + server.received.length, 0)).toBe(mostRuns);
  const cutOff = ring[mostRuns % ringSize]?.agent.id ?? "";
  const [last] = await board.call("agents.wakes", { params: { id: cutOff }, query: { limit: 1 } });
  expect(last).toMatchObject({ status: "skipped", skipReason: "hop_limit", hop: mostRuns, reason: "your turn" });
  const activity = await board.call("companies.activity", {
    params: { cid },
    query: { action: "wake.skipped", limit: 10 },
  });
  expect(activity).toMatchObject([{ details: { reason: "hop_limit" } }]);
}, 60_000);
