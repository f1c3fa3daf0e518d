import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { givenRoutine, givenSchedule } from "../../test/given-routine.ts";
import { addHeartbeatAgent, addIssue, letTimePass, startRun, wakeByBoard } from "../../test/heartbeat-steps.ts";
import { beginTick } from "./begin-tick.ts";
import { noteTick } from "./scheduler-watch.ts";
import { tick } from "./tick.ts";

const domain = useDomainDatabase();
const system = () => domain.database.system("test");
const idle = {
  timers: false,
  leases: false,
  stranded: false,
  routines: false,
  runs: false,
  polls: false,
  approvals: false,
  decisions: false,
  people: false,
  questions: false,
  costs: false,
  budgets: false,
  logs: false,
  objects: false,
  vault: false,
};
/** What a tick of this moment would look at; whatever was logged lately is sealed beside it. */
async function look() {
  const { seals: _, ...work } = await beginTick(system(), "schedule", "k1");
  return work;
}

it("a tick that finds nothing is one request", async () => {
  const tenant = await domain.newTenant();
  await noteTick(system(), "watchdog");
  expect(await look()).toEqual(idle);
  const contextFor = () => tenant.board;
  let report: object = {};
  const requests = await domain.countRequests(async () => {
    report = await tick(system(), { ...tenant.ports, contextFor });
  });
  expect(requests).toBe(1);
  expect(new Set(Object.values(report))).toEqual(new Set([0]));
  const { rows } = await domain.owner.query("select last_tick_by from scheduler_state");
  expect(rows).toEqual([{ last_tick_by: "schedule" }]);
});

it("a tick looks only at that of which something is due", async () => {
  const given = await givenRoutine(domain);
  const ada = await addHeartbeatAgent(domain, given);
  const { companyId } = given;
  const triggerId = await givenSchedule(domain, given, { from: new Date(Date.now() - 1000) });
  expect(await look()).toEqual({ ...idle, routines: true });
  await domain.owner.query("update routine_triggers set next_run_at = now() + interval '1 hour' where id = $1", [
    triggerId,
  ]);

  await domain.owner.query("insert into agent_schedules values ($1, $2, 3600, now() + interval '1 minute', true)", [
    companyId,
    ada.id,
  ]);
  expect(await look()).toEqual({ ...idle, timers: true });
  await domain.owner.query("update company_schedules set next_due_at = now() + interval '2 minutes'");
  expect(await look()).toEqual(idle);

  const runId = await wakeByBoard(given, ada);
  expect(await look()).toEqual({ ...idle, runs: true });
  await domain.owner.query("update heartbeat_runs set available_at = now() + interval '2 minutes' where id = $1", [
    runId,
  ]);
  expect(await look()).toEqual(idle);

  const bob = await addHeartbeatAgent(domain, given);
  const working = await startRun(given, bob, await addIssue(domain, given, bob));
  await domain.owner.query(
    `insert into tool_approvals (company_id, run_id, agent_id, call_id, tool, input, expires_at)
     values ($1, $2, $3, 'call-1', 'shell', '{}', now() + interval '1 hour')`,
    [companyId, working.id, bob.id],
  );
  expect(await look()).toEqual({ ...idle, approvals: true, people: true });
  await domain.owner.query("delete from tool_approvals");

  await letTimePass(domain, working.id, 200);
  expect(await look()).toEqual({ ...idle, leases: true });
  await domain.owner.query(
    `update heartbeat_runs set status = 'succeeded', lease_expires_at = null, finished_at = now() - interval '5 minutes',
       log_bytes = 10 where id = $1`,
    [working.id],
  );
  expect(await look()).toEqual({ ...idle, logs: true });
  await domain.owner.query("update heartbeat_runs set log_archived_at = now() where id = $1", [working.id]);

  await domain.owner.query(
    "update issues set status = 'in_progress', updated_at = now() - interval '3 minutes' where assignee_agent_id = $1",
    [bob.id],
  );
  expect(await look()).toEqual({ ...idle, stranded: true });
});
