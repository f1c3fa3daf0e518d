import { behaviours, useOwnBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";

const boardroom = useOwnBoardroom({ overrides: { WATCHDOG: "true" } });

interface Health {
  scheduler: { lastTickAt: string | null; isLate: boolean; rescued: number };
}
const readHealth = async (): Promise<Health> => (await fetch(`${boardroom.url}/api/health`)).json();

const endTheLastTick = (secondsAgo: number) =>
  boardroom.ownerQuery("update scheduler_state set last_tick_at = now() - make_interval(secs => $1)", [secondsAgo]);

it("wakes an agent by its timer though the cron trigger never fires: a request sees to it, one of many", async () => {
  const company = await boardroom.newCompany();
  const hired = await boardroom.hireHttpAgent(company, {
    behaviour: behaviours.finish(),
    runtimeConfig: { heartbeat: { enabled: true, intervalSec: 2_592_000 } },
  });
  const { id } = hired.agent;
  await company.board.call("issues.create", {
    params: { cid: company.cid },
    body: { title: "Waits", status: "backlog", assigneeAgentId: id },
  });
  await boardroom.ownerQuery("update issues set status = 'in_review' where assignee_agent_id = $1", [id]);
  await boardroom.ownerQuery("update agent_schedules set next_wake_at = now() where agent_id = $1", [id]);
  await endTheLastTick(91);
  const before = await readHealth();
  expect(before.scheduler).toMatchObject({ isLate: true });

  // An isolate looks once a minute; a fresh one at its first request.
  await boardroom.restartWorker();
  await Promise.all(Array.from({ length: 10 }, () => readHealth()));
  const { runId } = await hired.server.webhook();
  expect(await boardroom.waitForRun(company, runId, "succeeded")).toMatchObject({ invocationSource: "timer" });
  const { scheduler } = await readHealth();
  expect(scheduler).toEqual({
    lastTickAt: expect.any(String),
    isLate: false,
    rescued: before.scheduler.rescued + 1,
  });
  await boardroom.services.queue.whenIdle();
  expect(hired.server.received).toHaveLength(1);
});

it("leaves the minute's work to the cron trigger while that is in time", async () => {
  await boardroom.runScheduled();
  await endTheLastTick(60);
  const before = await readHealth();
  await boardroom.restartWorker();
  const { stats } = boardroom.services.neon;
  const looks = stats.count("watchdog");
  await readHealth();
  await expect.poll(() => stats.count("watchdog")).toBe(looks + 1);
  const { scheduler } = await readHealth();
  expect(scheduler).toEqual({ ...before.scheduler, isLate: false });
});
