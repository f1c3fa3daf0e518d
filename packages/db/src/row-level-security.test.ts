import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { useMigratedDatabase } from "../test/migrated-database.ts";

const db = useMigratedDatabase();
const insufficientPrivilege = { code: "42501" };

let companies: { one: string; other: string };
let tables: { name: string; columns: string[]; appendOnly: boolean }[];

beforeAll(async () => {
  companies = { one: await seedCompany("ONE"), other: await seedCompany("OTHER") };
  const { rows } = await db.owner.query(`
    select c.relname as name, not has_table_privilege('boardroom_app', c.oid, 'update') as "appendOnly",
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and a.attidentity = '' and a.attgenerated = '') as columns
    from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attname = 'company_id' and not t.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace order by 1`);
  tables = rows;
});

/** One row in every tenant table. */
async function seedCompany(prefix: string): Promise<string> {
  const insert = async (table: string, values: Record<string, unknown>): Promise<string> => {
    const names = Object.keys(values);
    const { rows } = await db.owner.query(
      `insert into ${table} (${names.join(", ")}) values (${names.map((_, index) => `$${index + 1}`).join(", ")}) returning *`,
      Object.values(values),
    );
    return rows[0].id;
  };
  const company_id = await insert("companies", { name: prefix, issue_prefix: prefix });
  const agent_id = await insert("agents", {
    company_id,
    name: "Ada",
    url_key: "ada",
    role: "general",
    adapter_type: "http",
    adapter_config: {},
    runtime_config: {},
    permissions: {},
  });
  const goal_id = await insert("goals", { company_id, title: "Goal" });
  const project_id = await insert("projects", { company_id, name: "Project" });
  await insert("milestones", { company_id, project_id, name: "Milestone" });
  const label_id = await insert("labels", { company_id, name: "Label", color: "#000000" });
  const issue_id = await insert("issues", { company_id, identifier: `${prefix}-1`, issue_number: 1, title: "Issue" });
  const wake_id = await insert("wakes", { company_id, agent_id, source: "timer", reason: "timer", task_key: "agent" });
  const run_id = await insert("heartbeat_runs", { company_id, agent_id, wake_id, invocation_source: "timer" });
  const approval_id = await insert("approvals", { company_id, type: "request_board_approval", payload: {} });
  await insert("memberships", { company_id, user_id: "u1", display_name: "Olga", role: "owner" });
  const invite_id = await insert("invites", {
    company_id,
    role: "viewer",
    token_hash: prefix,
    invited_by_user_id: "u1",
    invited_by_name: "Olga",
    expires_at: new Date(),
  });
  await insert("join_requests", {
    company_id,
    invite_id,
    user_id: "u2",
    display_name: "Pat",
    email: "pat@example.com",
    role: "viewer",
  });
  await insert("agent_keys", { company_id, agent_id, name: "k", prefix: "bra_", key_hash: prefix });
  await insert("agent_instructions", { company_id, agent_id, version: 1, files: "[]", author_name: "Olga" });
  await insert("agent_config_revisions", {
    company_id,
    agent_id,
    source: "hire",
    before_config: {},
    after_config: {},
    created_by_name: "Olga",
  });
  await insert("agent_webhook_secrets", { company_id, agent_id, sealed: "s" });
  // It makes the row of company_schedules by itself.
  await insert("agent_schedules", { company_id, agent_id, interval_sec: 60, next_wake_at: new Date(), enabled: true });
  await insert("agent_runtime_state", { company_id, agent_id });
  await insert("agent_task_sessions", { company_id, agent_id, task_key: "agent", last_run_id: run_id });
  const routine_id = await insert("routines", { company_id, title: "Routine" });
  const trigger_id = await insert("routine_triggers", { company_id, routine_id, kind: "api" });
  await insert("routine_revisions", {
    company_id,
    routine_id,
    revision_number: 1,
    snapshot: {},
    replaced_by_name: "Olga",
  });
  await insert("routine_runs", { company_id, routine_id, source: "manual", status: "skipped" });
  await insert("routine_trigger_secrets", { company_id, trigger_id, sealed: "s" });
  await insert("routine_trigger_nonces", { company_id, trigger_id, nonce: "n", expires_at: new Date() });
  const runner_id = await insert("runners", { company_id, name: "Laptop", public_key: "k", host: {} });
  await insert("runner_codes", { company_id, runner_id, code_hash: prefix, expires_at: new Date() });
  await insert("environment_tests", { company_id, adapter_type: "process", adapter_config: {} });
  await insert("project_workspaces", { company_id, project_id, name: "Repo", kind: "folder" });
  const workspace = await insert("execution_workspaces", { company_id, issue_id, agent_id, mode: "worktree" });
  await insert("workspace_operations", { company_id, execution_workspace_id: workspace, kind: "prepare" });
  await insert("work_products", { company_id, issue_id, kind: "branch", title: "Branch" });
  await insert("issue_interactions", { company_id, issue_id, kind: "request_confirmation", payload: {} });
  const hold_id = await insert("issue_tree_holds", { company_id, issue_id, mode: "pause" });
  await insert("issue_tree_hold_issues", { company_id, hold_id, issue_id, former_status: "todo" });
  await insert("issue_review_stages", { company_id, issue_id, position: 1, kind: "review" });
  await insert("issue_criteria", { company_id, issue_id, position: 1, text: "Tests pass" });
  await insert("tool_rules", { company_id, position: 1, effect: "ask", tool: "*" });
  await insert("tool_approvals", {
    company_id,
    run_id,
    agent_id,
    call_id: "c",
    tool: "Bash",
    input: {},
    expires_at: new Date(),
  });
  await insert("company_skills", { company_id, key: "k", name: "Skill", description: "d", files: "[]" });
  await insert("milestones", { company_id, project_id, name: "Beta" });
  const endpoint_id = await insert("webhook_endpoints", { company_id, url: "https://example.com", xid: 1, seq: 1 });
  await insert("webhook_endpoint_secrets", { company_id, endpoint_id, sealed: "s" });
  await insert("webhook_deliveries", {
    company_id,
    endpoint_id,
    message_id: randomUUID(),
    event_type: "issue.created",
  });
  await insert("project_goals", { company_id, project_id, goal_id });
  await insert("issue_labels", { company_id, issue_id, label_id });
  await insert("comments", { company_id, issue_id, body: "Hello", author_name: "Olga" });
  const ids = { id: randomUUID(), latest_revision_id: randomUUID() };
  const document = { company_id, issue_id, key: "plan", title: "Plan", body: "Do it", latest_revision_number: 1 };
  const document_id = await insert("documents", { ...document, ...ids, updated_by_name: "Olga" });
  const revision = { company_id, document_id, revision_number: 1, title: "Plan", body: "Do it" };
  await insert("document_revisions", { ...revision, created_by_name: "Olga" });
  const file = {
    company_id,
    id: await insert("attachment_objects", { company_id }),
    issue_id,
    original_filename: "a.txt",
  };
  await insert("attachments", {
    ...file,
    content_type: "text/plain",
    byte_size: 1,
    sha256: "s",
    created_by_name: "Olga",
  });
  await insert("issue_reads", { company_id, user_id: "u1", issue_id, read_at: new Date() });
  await insert("issue_blockers", { company_id, issue_id, blocked_by_issue_id: issue_id });
  await insert("run_log_chunks", { company_id, run_id, byte_offset: 0, seq: 1, byte_length: 5, content: "Hello" });
  await insert("run_events", { company_id, run_id, kind: "note", message: "Hello" });
  await insert("cost_events", {
    company_id,
    agent_id,
    provider: "p",
    model: "m",
    cost_cents: 1,
    occurred_at: new Date(),
  });
  const budget_policy_id = await insert("budget_policies", {
    company_id,
    scope: "company",
    budget_window: "day",
    amount_cents: 1,
  });
  await insert("budget_incidents", {
    company_id,
    policy_id: budget_policy_id,
    window_key: "2026-11-01",
    threshold: "stop",
    amount_cents: 1,
    spent_cents: 1,
  });
  await insert("spend_days", { company_id, agent_id, day: "2026-11-01", project_id });
  await insert("model_prices", {
    company_id,
    provider: "p",
    model: "m",
    valid_from: "2026-11-01",
    input_cents: 1,
    cached_input_cents: 1,
    output_cents: 1,
  });
  await insert("budget_spend", { company_id, scope: "agent", scope_id: agent_id, month: "2026-11-01" });
  await insert("approval_comments", { company_id, approval_id, body: "Hello", author_name: "Olga" });
  await insert("decision_policies", {
    company_id,
    type: "hire_agent",
    quorum: 2,
    minimum_role: "admin",
    grace_seconds: 0,
  });
  await insert("approval_votes", { company_id, approval_id, user_id: "u1", user_name: "Olga", approves: true });
  await insert("approval_revisions", { company_id, approval_id, version: 1, payload: {}, replaced_by_name: "Ada" });
  await insert("issue_approvals", { company_id, issue_id, approval_id });
  await insert("approval_receipts", { company_id, approval_id, jws: "j" });
  const decision = { company_id, user_id: "u1", kind: "approval", decision_id: approval_id };
  await insert("notifications", { ...decision, channel: "email" });
  await insert("decision_snoozes", { ...decision, until: new Date() });
  await insert("notification_preferences", { company_id, user_id: "u1", email_kinds: "{}", push_kinds: "{}" });
  await insert("push_subscriptions", {
    company_id,
    user_id: "u1",
    endpoint: "https://push.example",
    p256dh: "p",
    auth: "a",
    label: "Phone",
  });
  await insert("company_data_keys", { company_id, version: 1, wrapped: "v1.k1.i.b" });
  const secret_id = await insert("secrets", { company_id, key: "k", name: "Secret" });
  await insert("secret_versions", { company_id, secret_id, version: 1, data_key_version: 1, created_by_name: "Olga" });
  await insert("secret_agents", { company_id, secret_id, agent_id });
  await insert("secret_projects", { company_id, secret_id, project_id });
  await insert("secret_access_events", { company_id, secret_id, secret_version: 1, purpose: "run" });
  await insert("audit_seals", {
    company_id,
    position: 1,
    to_xid: 1,
    to_seq: 1,
    row_count: 1,
    row_hashes: "h",
    payload: "p",
    hash: "h",
    signature: "s",
    public_key: "k",
  });
  await insert("activity_log", {
    company_id,
    actor_type: "user",
    actor_id: "u1",
    action: "a.b",
    entity_type: "a",
    entity_id: "1",
  });
  await insert("idempotency_keys", {
    company_id,
    actor_id: "u1",
    key: "k",
    operation: "o",
    body_hash: "h",
    response: {},
  });
  return company_id;
}

/** Runs a statement as the Worker's role with no filter but row level security; what it did is undone. */
async function asApp(companyId: string | null, statement: string, values: unknown[] = []) {
  await db.app.query("begin");
  try {
    if (companyId !== null) await db.app.query("select set_config('app.company_id', $1, true)", [companyId]);
    return await db.app.query(statement, values);
  } finally {
    await db.app.query("rollback");
  }
}

it("shows of every tenant table only the company that is set, and nothing without one", async () => {
  expect(tables.length).toBeGreaterThan(20);
  for (const { name } of tables) {
    for (const company of Object.values(companies)) {
      const { rows } = await asApp(company, `select company_id from ${name}`);
      expect(new Set(rows.map(({ company_id }) => company_id)), name).toEqual(new Set([company]));
    }
    expect((await asApp(null, `select 1 from ${name}`)).rowCount, name).toBe(0);
    expect((await asApp("", `select 1 from ${name}`)).rowCount, name).toBe(0);
  }
});

it("refuses to write a row into another company", async () => {
  for (const { name, columns } of tables) {
    const list = columns.join(", ");
    const foreign = columns.map((column) => (column === "company_id" ? "$1::uuid" : column)).join(", ");
    const insert = asApp(companies.one, `insert into ${name} (${list}) select ${foreign} from ${name}`, [
      companies.other,
    ]);
    await expect(insert, name).rejects.toMatchObject(insufficientPrivilege);
    const move = asApp(companies.one, `update ${name} set company_id = $1`, [companies.other]);
    await expect(move, name).rejects.toMatchObject(insufficientPrivilege);
  }
});

it("neither changes nor deletes what another company owns, and nobody rewrites history", async () => {
  for (const { name, appendOnly } of tables) {
    for (const statement of [
      `update ${name} set company_id = company_id where company_id = $1`,
      `delete from ${name} where company_id = $1`,
    ]) {
      const outcome = await asApp(companies.one, statement, [companies.other]).catch((error: unknown) => error);
      expect(outcome, statement).toMatchObject(appendOnly ? insufficientPrivilege : { rowCount: 0 });
    }
  }
  expect(tables.filter(({ appendOnly }) => appendOnly).map(({ name }) => name)).toEqual([
    "activity_log",
    "approval_receipts",
    "audit_seals",
    "cost_events",
    "document_revisions",
    "idempotency_keys",
    "search_entries",
    "secret_access_events",
  ]);
});

it("shows of the companies only the one that is set, and lets nobody change another", async () => {
  const { rows } = await asApp(companies.one, "select id from companies");
  expect(rows).toEqual([{ id: companies.one }]);
  expect((await asApp(null, "select 1 from companies")).rowCount).toBe(0);
  const change = await asApp(companies.one, "update companies set name = 'Mine' where id = $1", [companies.other]);
  expect(change.rowCount).toBe(0);
  await expect(
    asApp(companies.one, "insert into companies (name, issue_prefix) values ('x', 'XX')"),
  ).rejects.toMatchObject(insufficientPrivilege);
});

it("keeps people, sessions and keys from the Worker's tenant role altogether", async () => {
  const tables = ["users", "sessions", "accounts", "verifications", "second_factors", "board_keys"];
  for (const table of [...tables, "user_idempotency_keys"]) {
    await expect(asApp(companies.one, `select 1 from ${table}`), table).rejects.toMatchObject(insufficientPrivilege);
  }
});
