import { type Connection, compileStatement } from "@boardroom/db";
import type { SQL } from "drizzle-orm";
import pg from "pg";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { givenRoutine, givenSchedule } from "../../test/given-routine.ts";
import { addHeartbeatAgent, addIssue, letTimePass, startRun, wakeByBoard } from "../../test/heartbeat-steps.ts";
import { createWebhookEndpoint } from "../webhooks/index.ts";
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
  webhooks: false,
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
  await domain.owner.query("update issues set status = 'done' where assignee_agent_id = $1", [bob.id]);

  const { id } = await createWebhookEndpoint(given.board, { url: "https://hooks.example.com/" });
  expect(await look()).toEqual(idle);
  const told = `insert into webhook_deliveries (company_id, endpoint_id, message_id, event_type, next_attempt_at)
    values ($1, $2, gen_random_uuid(), 'webhook.test', now() + interval '1 minute')`;
  await domain.owner.query(told, [companyId, id]);
  expect(await look()).toEqual(idle);
  await domain.owner.query("update webhook_deliveries set next_attempt_at = now()");
  expect(await look()).toEqual({ ...idle, webhooks: true });
  await domain.owner.query("delete from webhook_deliveries");
  await domain.owner.query("update webhook_endpoints set checked_at = now() - interval '3 minutes'");
  expect(await look()).toEqual({ ...idle, webhooks: true });
});

it("a tick's look reads no table to its end, however much has been", async () => {
  const given = await domain.newTenant();
  const ada = await addHeartbeatAgent(domain, given);
  const ended = `insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source, status, finished_at, cost_basis)
    select w.company_id, w.agent_id, w.id, 'timer', 'succeeded', now() - interval '8 days', 'reported'`;
  const many = 20_000;
  for (const [text, ...values] of [
    [
      `insert into agents (company_id, name, url_key, role, adapter_type, adapter_config, runtime_config, permissions)
       select $1, 'Agent ' || n, 'agent-' || n, 'engineer', 'http', '{"url":"https://agents.example.com/"}', '{}', '{}' from generate_series(1, $2::int) n`,
    ],
    [
      `with w as (insert into wakes (company_id, agent_id, source, reason, task_key, status, resolved_at)
         select $1, $2, 'timer', 'timer', 'agent', 'done', now() - interval '8 days' from generate_series(1, $3::int) returning *) ${ended} from w`,
      ada.id,
    ],
    [
      `insert into approvals (company_id, type, status, payload, effected_at, pending_since, created_at)
       select $1, 'request_board_approval', 'approved', '{}', now(), now() - interval '8 days', now() - interval '8 days' from generate_series(1, $2::int)`,
    ],
    [
      `insert into tool_approvals (company_id, run_id, agent_id, call_id, tool, input, status, expires_at, created_at)
       select $1, (select min(id::text)::uuid from heartbeat_runs where agent_id = $2), $2, 'call-' || n, 'shell', '{}', 'allowed', now(), now() - interval '8 days'
       from generate_series(1, $3::int) n`,
      ada.id,
    ],
    [
      `with e as (insert into webhook_endpoints (company_id, url, xid, seq) values ($1, 'https://hooks.example.com/', 1, 1) returning *)
       insert into webhook_deliveries (company_id, endpoint_id, message_id, event_type, status)
       select e.company_id, e.id, gen_random_uuid(), 'test.done', 'delivered' from e, generate_series(1, $2::int) n`,
    ],
    [
      `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id, created_at)
       select $1, 'system', 'system', 'test.done', 'issue', n::text, now() - interval '8 days' from generate_series(1, $2::int) n`,
    ],
  ] as const)
    await domain.owner.query(text, [given.companyId, ...values, many]);
  await domain.owner.query("vacuum analyze");

  const sent: SQL[] = [];
  const raw: Connection["raw"] = (statement) => {
    sent.push(statement);
    return system().raw(statement);
  };
  await beginTick({ ...system(), raw }, "schedule");
  const client = new pg.Client(domain.urls.system);
  await client.connect();
  try {
    const [statement] = sent.map(compileStatement);
    const { rows } = await client.query(
      `explain (analyze, buffers, format json) ${statement?.text}`,
      statement?.params,
    );
    const plan = rows[0]["QUERY PLAN"][0].Plan;
    // Each of these tables has more than 300 pages; of the log a range of its index is read, 128 pages and what came after.
    expect(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]).toBeLessThan(256);
  } finally {
    await client.end();
  }
});
