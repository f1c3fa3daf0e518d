import { expect, it } from "vitest";
import { auditKernel } from "./audit-kernel.ts";
import { useDomainDatabase } from "./domain-database.ts";
import { addAgent, addRun } from "./working-agents.ts";

const db = useDomainDatabase();

/** Each breaks one thing behind the walls, and the audit has to see exactly that. */
const damages: [rules: string[], sql: string][] = [
  [["wake_without_outcome", "run_without_wake"], "update wakes set status = 'done', resolved_at = now()"],
  [["wake_without_outcome", "run_without_wake"], "update wakes set status = 'skipped', resolved_at = now()"],
  [
    ["wake_without_outcome"],
    "insert into wakes (company_id, agent_id, source, reason, task_key) select company_id, id, 'timer', 'timer', 'agent' from agents",
  ],
  [["lease_without_run"], "update heartbeat_runs set lease_expires_at = null"],
  [
    [
      "ended_not_once",
      "lease_without_run",
      "lock_of_ended_run",
      "run_without_wake",
      "agent_status_differs",
      "wake_without_outcome",
    ],
    // Past the trigger that frees the issues of a run, whatever ends it.
    "begin; set local session_replication_role = 'replica'; update heartbeat_runs set status = 'lost'; commit",
  ],
  [
    ["ended_not_once"],
    "insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id) select company_id, 'system', 's', 'run.failed', 'run', id::text from heartbeat_runs",
  ],
  [["attempts_differ_from_log"], "update heartbeat_runs set attempt = attempt + 1"],
  [
    ["attempts_differ_from_log", "fence_given_twice", "fence_went_back"],
    "insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id, details) select company_id, 'system', 's', 'run.started', 'run', id::text, jsonb_build_object('fence', fence) from heartbeat_runs",
  ],
  [["result_of_older_fence"], `update heartbeat_runs set result_json = '{"summary":"fence 0"}'`],
  [
    ["effect_twice"],
    "insert into comments (company_id, issue_id, body, author_name, run_id) select company_id, id, 'Same', 'A', checkout_run_id from issues, generate_series(1, 2)",
  ],
  [["too_many_at_once"], `update agents set runtime_config = '{"heartbeat":{"maxConcurrentRuns":0}}'`],
  [["agent_status_differs"], "update agents set status = 'idle'"],
  [["money_differs"], "update heartbeat_runs set cost_cents = 1"],
  [["lease_is_over"], "update heartbeat_runs set lease_expires_at = now() - interval '1 second'"],
];

it.each(damages)("sees %j", async (expected, damage) => {
  const tenant = await db.newTenant();
  const agent = await addAgent(db.owner, tenant.companyId, { status: "running" });
  const run = await addRun(db.owner, tenant.companyId, agent);
  await db.owner.query("update heartbeat_runs set attempt = 1 where company_id = $1", [tenant.companyId]);
  await db.owner.query("update wakes set run_id = $2 where company_id = $1", [tenant.companyId, run.id]);
  await db.owner.query(
    `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id, details)
     values ($1, 'system', 's', 'run.started', 'run', $2, jsonb_build_object('fence', $3::bigint))`,
    [tenant.companyId, run.id, run.fence],
  );
  await db.owner.query(
    `insert into issues (company_id, identifier, issue_number, title, status, assignee_agent_id, checkout_run_id)
     values ($1, 'T-1', 1, 'Work', 'in_progress', $2, $3)`,
    [tenant.companyId, agent.id, run.id],
  );
  const look = async () => {
    const findings = await auditKernel(db.owner, { companyIds: [tenant.companyId], atRest: true });
    return [...new Set(findings.map(({ rule }) => rule))].filter((rule) => rule !== "never_ended").toSorted();
  };
  expect(await look()).toEqual([]);
  await db.owner.query(damage);
  expect(await look()).toEqual(expected.toSorted());
});
