import { beforeEach, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { addHeartbeatAgent, wakeByBoard } from "../../test/heartbeat-steps.ts";
import { claimRescue, noteTick, readSchedulerHealth } from "./scheduler-watch.ts";
import { tick } from "./tick.ts";

const domain = useDomainDatabase();
const system = () => domain.database.system("test");
beforeEach(async () => void (await domain.owner.query("delete from scheduler_state")));

const makeLate = (seconds: number) =>
  domain.owner.query("update scheduler_state set last_tick_at = now() - make_interval(secs => $1)", [seconds]);

it("gives a late minute to one of many who see it", async () => {
  await noteTick(system(), "schedule");
  await makeLate(91);
  const claims = await Promise.all(Array.from({ length: 10 }, () => claimRescue(system())));
  expect(claims.filter(Boolean)).toHaveLength(1);
  expect(await readSchedulerHealth(system())).toMatchObject({ isLate: false, rescued: 1 });
});

it("gives a minute that never was to one of many", async () => {
  const claims = await Promise.all(Array.from({ length: 10 }, () => claimRescue(system())));
  expect(claims.filter(Boolean)).toHaveLength(1);
});

it("leaves a minute that is in time to its trigger", async () => {
  await noteTick(system(), "schedule");
  await makeLate(85);
  expect(await claimRescue(system())).toBe(false);
  expect(await readSchedulerHealth(system())).toMatchObject({ isLate: false, rescued: 0 });
});

it("says when the minute's work was last begun, and that it is late", async () => {
  expect(await readSchedulerHealth(system())).toEqual({ lastTickAt: null, isLate: true, rescued: 0 });
  await noteTick(system(), "schedule");
  await makeLate(100);
  const health = await readSchedulerHealth(system());
  expect(health.isLate).toBe(true);
  expect(Date.now() - Date.parse(String(health.lastTickAt))).toBeGreaterThan(90_000);
});

it("is told by every tick who began it, also when other parts of the tick fail", async () => {
  const tenant = await domain.newTenant();
  await tick(system(), tenant.ports, "watchdog");
  const who = async () => (await domain.owner.query("select last_tick_by from scheduler_state")).rows;
  expect(await who()).toEqual([{ last_tick_by: "watchdog" }]);
  const ada = await addHeartbeatAgent(domain, tenant);
  await domain.owner.query("insert into agent_schedules values ($1, $2, 3600, now(), true)", [
    tenant.companyId,
    ada.id,
  ]);
  await domain.owner.query("revoke update on agent_schedules from boardroom_system");
  try {
    await expect(tick(system(), tenant.ports)).rejects.toThrow("parts of the tick failed");
  } finally {
    await domain.owner.query("grant update on agent_schedules to boardroom_system");
  }
  expect(await who()).toEqual([{ last_tick_by: "schedule" }]);
});

it("is told also by a tick that can't look what there is to do, and that does everything then", async () => {
  const tenant = await domain.newTenant();
  const ada = await addHeartbeatAgent(domain, tenant);
  const runId = await wakeByBoard(tenant, ada);
  await domain.owner.query("revoke select on company_schedules from boardroom_system");
  try {
    await expect(tick(system(), tenant.ports, "watchdog")).rejects.toThrow("parts of the tick failed");
  } finally {
    await domain.owner.query("grant select on company_schedules to boardroom_system");
  }
  const { rows } = await domain.owner.query("select last_tick_by from scheduler_state");
  expect(rows).toEqual([{ last_tick_by: "watchdog" }]);
  expect(tenant.ports.enqueued.map((run) => run.runId)).toContain(runId);
});
