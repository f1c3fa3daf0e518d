import { type OperationId, operationIds } from "@boardroom/contract";
import { useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { type Call, callersOf, declared, exampleCall, sendCall } from "./support/calls.ts";
import { type Answer, readBody, refusalOf } from "./support/send.ts";
import { newTenant, type Tenant, word } from "./support/tenant.ts";

const boardroom = useBoardroom();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await newTenant(boardroom);
});

type Fields = Record<string, unknown>;

interface Created {
  table: string;
  /** The created one's id in the answer; `id` when left out. */
  idOf?(answer: Fields): unknown;
  /** May merge into one that is there. */
  merges?: boolean;
}
const idOfPart = (part: string) => (answer: Fields) => (answer[part] as Fields).id;
const wake: Created = { table: "wakes", idOf: idOfPart("wake"), merges: true };

/** Where what was created is stored. A new operation has to be written down here. */
const createdRows: Partial<Record<OperationId, Created>> = {
  "companies.create": { table: "companies" },
  "boardKeys.create": { table: "board_keys" },
  "agentKeys.create": { table: "agent_keys" },
  "agents.create": { table: "agents" },
  "agents.hire": { table: "approvals", idOf: idOfPart("approval") },
  "agents.invoke": wake,
  "agents.wakeup": wake,
  "goals.create": { table: "goals" },
  "projects.create": { table: "projects" },
  "milestones.create": { table: "milestones" },
  "labels.create": { table: "labels" },
  "runnerCodes.create": { table: "runner_codes" },
  "routines.create": { table: "routines" },
  "routines.run": { table: "routine_runs" },
  "routines.createTrigger": { table: "routine_triggers", idOf: idOfPart("trigger") },
  "issues.create": { table: "issues" },
  "issues.createChild": { table: "issues" },
  "issues.comment": { table: "comments" },
  "costs.report": { table: "cost_events" },
  "costs.correct": { table: "cost_events" },
  "budgets.createPolicy": { table: "budget_policies" },
  "projectWorkspaces.create": { table: "project_workspaces" },
  "workProducts.create": { table: "work_products" },
  "interactions.create": { table: "issue_interactions" },
  "toolApprovals.request": { table: "tool_approvals" },
  "toolRules.create": { table: "tool_rules" },
  "skills.create": { table: "company_skills" },
  "approvals.create": { table: "approvals" },
  "approvals.comment": { table: "approval_comments" },
  "agents.hireTeam": { table: "approvals", idOf: idOfPart("approval") },
  "issueApprovals.link": { table: "issue_approvals" },
  "invites.create": { table: "invites" },
  "pushSubscriptions.create": { table: "push_subscriptions", merges: true },
  "secrets.create": { table: "secrets" },
  "webhookEndpoints.create": { table: "webhook_endpoints" },
  "treeHolds.create": { table: "issue_tree_holds" },
};
const creating = operationIds.filter((id) => declared(id).creates);
const pairs = creating.flatMap((id) => callersOf(id).map((as) => [id, as] as const));

it("covers every operation that creates something", () => {
  expect(Object.keys(createdRows).sort()).toEqual([...creating].sort());
});

const withKey = (call: Call, key: string) => sendCall(boardroom.url, call, { headers: { "idempotency-key": key } });
const bodyOf = (answer: Answer) => readBody(answer) as Fields;

/** What is shown once is not shown again. */
const withoutSecrets = (answer: Fields): Fields =>
  Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, isSecret(name) ? null : value]));
const isSecret = (name: string) =>
  ["token", "webhookSecret", "secretMaterial", "code", "command", "link"].includes(name);

/** What belongs to a person instead of a company is counted for the person. */
const ofPerson: Record<string, string> = {
  companies: "id in (select company_id from memberships where user_id = $1)",
  board_keys: "user_id = $1",
};

async function countRows({ table }: Created): Promise<number> {
  const where = ofPerson[table] ?? "company_id = $1";
  const rows = await boardroom.ownerQuery(`select 1 from ${table} where ${where}`, [
    table in ofPerson ? tenant.ids.user : tenant.cid,
  ]);
  return rows.length;
}

const createdOf = (id: OperationId): Created =>
  createdRows[id] ?? expect.fail(`Where does ${id} store what it creates?`);
const keyOf = ({ idOf = ({ id }) => id }: Created, answer: Fields) => idOf(answer);

describe.each(pairs)("%s by %s", (id, as) => {
  it("with the same key answers the first result again, and refuses another body", async () => {
    const call = await exampleCall(tenant, id, as);
    const key = word();
    const first = await withKey(call, key);
    expect([first.status, first.status < 400 || first.text]).toEqual([declared(id).status, true]);
    const again = await withKey(call, key);
    expect([again.status, bodyOf(again)]).toEqual([first.status, withoutSecrets(bodyOf(first))]);
    // The field of the body counts as much as the header.
    const inBody = await sendCall(boardroom.url, { ...call, body: { ...call.body, idempotencyKey: key } });
    expect([inBody.status, bodyOf(inBody)]).toEqual([first.status, withoutSecrets(bodyOf(first))]);
    const other = await exampleCall(tenant, id, as);
    const refused = await withKey({ ...call, body: other.body }, key);
    expect(refusalOf(refused, id)).toBe("409 idempotency_mismatch");
  });

  it("ten times at once with the same key creates one", async () => {
    const call = await exampleCall(tenant, id, as);
    const key = word();
    const created = createdOf(id);
    const before = await countRows(created);
    const answers = await Promise.all(Array.from({ length: 10 }, () => withKey(call, key)));
    const statuses = answers.map((answer) => `${answer.status} ${answer.status < 400 ? "" : answer.text}`.trim());
    expect(new Set(statuses)).toEqual(new Set([String(declared(id).status)]));
    const bodies = answers.map(bodyOf);
    expect(new Set(bodies.map((body) => keyOf(created, body))).size).toBe(1);
    for (const name of Object.keys(bodies[0] ?? {}).filter(isSecret)) {
      expect(bodies.filter((body) => body[name] !== null).length, name).toBeLessThanOrEqual(1);
    }
    const added = (await countRows(created)) - before;
    if (created.merges) expect(added).toBeLessThanOrEqual(1);
    else expect(added).toBe(1);
  });
});

it("keys of one caller mean nothing to another", async () => {
  const key = word();
  const call = await exampleCall(tenant, "goals.create", "session");
  const [mine, agents] = [await withKey(call, key), await withKey({ ...call, headers: tenant.headers.agentKey }, key)];
  expect(bodyOf(mine).id).not.toBe(bodyOf(agents).id);
});
