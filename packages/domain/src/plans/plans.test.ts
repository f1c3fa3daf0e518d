import { maxPlanAgents, maxPlanIssues, planSelection } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent } from "../agents/index.ts";
import { approveApproval, createApproval, rejectApproval } from "../approvals/index.ts";
import { findTemplate } from "../templates/index.ts";
import { hireTeam } from "./index.ts";

const db = useDomainDatabase();
const rowsOf = async <T>(text: string, values: unknown[]): Promise<T[]> => (await db.owner.query(text, values)).rows;

const agent = (key: string, fields: object = {}, draft: object = {}) => ({
  key,
  draft: { name: `Agent ${key}`, ...draft },
  ...fields,
});
const issue = (key: string, fields: object = {}) => ({ key, title: `Issue ${key}`, ...fields });
const planOf = (agents: object[], issues: object[], rest: object = {}) => ({
  version: 1,
  summary: "How we begin",
  agents,
  issues,
  ...rest,
});

/** A company with a CEO who is called at an address of the board's. */
async function found() {
  const tenant = await db.newTenant();
  const ceo = await hireAgent(tenant.board, draftOf("Clara", { adapterConfig: { url: "https://clara.example.com/" } }));
  return { ...tenant, ceo, asCeo: tenant.asAgent(ceo) };
}
type Company = Awaited<ReturnType<typeof found>>;
const propose = ({ asCeo }: Company, payload: Record<string, unknown>) =>
  createApproval(asCeo, { type: "approve_ceo_strategy", payload });

interface AgentRow {
  id: string;
  name: string;
  reports_to: string | null;
  adapter_type: string;
  adapter_config: { url?: string };
  origin_key: string;
  origin_approval_id: string;
  instructions_version: number | null;
  role: string;
}
interface IssueRow {
  id: string;
  identifier: string;
  title: string;
  parent_id: string | null;
  assignee_agent_id: string | null;
  origin_id: string;
  origin_fingerprint: string;
  project_id: string | null;
  goal_id: string | null;
  created_by_agent_id: string;
}
const agentsOf = ({ companyId, ceo }: Company) =>
  rowsOf<AgentRow>("select * from agents where company_id = $1 and id <> $2 order by id", [companyId, ceo.id]);
const issuesOf = ({ companyId }: Company) =>
  rowsOf<IssueRow>("select * from issues where company_id = $1 order by issue_number", [companyId]);
const wokenBy = ({ companyId }: Company) =>
  rowsOf<{ agent_id: string; reason: string; issue_id: string | null }>(
    "select agent_id, reason, issue_id from wakes where company_id = $1 and status = 'open' order by id",
    [companyId],
  );

const whole = planOf(
  [
    agent("cto", { template: "engineer" }, { name: "Emil", title: "CTO" }),
    agent("qa", { template: "qa", reportsToKey: "cto" }, { name: "Quinn", budgetMonthlyCents: 700 }),
  ],
  [
    issue("product", { assigneeKey: "cto", projectKey: "first", priority: "high" }),
    issue("build", { parentKey: "product", assigneeKey: "cto" }),
    issue("test", { parentKey: "product", assigneeKey: "qa", blockedByKeys: ["build"] }),
  ],
  {
    projects: [
      { key: "first", name: "First version" },
      { key: "unused", name: "Never begun" },
    ],
  },
);

describe("a plan that is approved", () => {
  it("becomes agents, a project and issues in one request, each linked to it, and wakes whom nothing stops", async () => {
    const company = await found();
    const [goal] = await rowsOf<{ id: string }>(
      "insert into goals (company_id, title, level) values ($1, 'Grow', 'company') returning id",
      [company.companyId],
    );
    const proposed = await propose(company, whole);
    const requests = await db.countRequests(() => approveApproval(company.board, { id: proposed.id }));
    expect(requests).toBe(1);
    const [emil, quinn, ...others] = await agentsOf(company);
    expect(others).toEqual([]);
    expect(emil).toMatchObject({
      name: "Emil",
      role: "engineer",
      reports_to: company.ceo.id,
      adapter_type: "http",
      adapter_config: { url: "https://clara.example.com/" },
      origin_approval_id: proposed.id,
      instructions_version: 1,
    });
    expect(quinn).toMatchObject({ name: "Quinn", reports_to: emil?.id, budget_monthly_cents: "700.000000" });
    const [product, build, test] = await issuesOf(company);
    expect([product, build, test].map((each) => each?.identifier.split("-")[1])).toEqual(["1", "2", "3"]);
    expect(build).toMatchObject({ parent_id: product?.id, assignee_agent_id: emil?.id, goal_id: goal?.id });
    expect(test).toMatchObject({ assignee_agent_id: quinn?.id, origin_id: proposed.id, origin_fingerprint: "test" });
    expect(await rowsOf("select name from projects where company_id = $1", [company.companyId])).toEqual([
      { name: "First version" },
    ]);
    expect(product?.project_id).not.toBeNull();
    expect(await rowsOf("select issue_id from issue_approvals where approval_id = $1", [proposed.id])).toHaveLength(3);
    const woken = await wokenBy(company);
    expect(woken).toHaveLength(3);
    expect(woken).toContainEqual({ agent_id: company.ceo.id, reason: "approval_decided", issue_id: null });
    expect(woken.filter(({ reason }) => reason === "issue_assigned").map(({ issue_id }) => issue_id)).toEqual(
      expect.arrayContaining([product?.id, build?.id]),
    );
    const [files] = await rowsOf<{ files: unknown }>("select files from agent_instructions where agent_id = $1", [
      emil?.id,
    ]);
    expect(files?.files).toEqual(findTemplate("engineer").instructions);
  });

  it("in part leaves out the rest: who would have reported to it moves up, its work waits for somebody", async () => {
    const company = await found();
    const proposed = await propose(
      company,
      planOf(
        [agent("a"), agent("b", { reportsToKey: "a" }), agent("c", { reportsToKey: "b" })],
        [
          issue("one", { assigneeKey: "b" }),
          issue("two", { parentKey: "one", assigneeKey: "c", blockedByKeys: ["one"] }),
          issue("three", { parentKey: "two", assigneeKey: "c", blockedByKeys: ["two", "one"] }),
        ],
      ),
    );
    const selection = planSelection.parse({ agents: ["a", "c"], issues: ["one", "three"] });
    await approveApproval(company.board, { id: proposed.id, selection });
    const [a, c, ...others] = await agentsOf(company);
    expect(others).toEqual([]);
    expect([a?.origin_key, c?.origin_key, c?.reports_to]).toEqual(["a", "c", a?.id]);
    const [one, three, ...more] = await issuesOf(company);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ title: "Issue one", assignee_agent_id: null });
    expect(three).toMatchObject({ title: "Issue three", parent_id: one?.id, assignee_agent_id: c?.id });
    expect(await rowsOf("select blocked_by_issue_id from issue_blockers where issue_id = $1", [three?.id])).toEqual([
      { blocked_by_issue_id: one?.id },
    ]);
  });

  it("with nothing selected makes nothing, and rejected neither", async () => {
    const company = await found();
    const [first, second] = [await propose(company, whole), await propose(company, whole)];
    await approveApproval(company.board, { id: first.id, selection: { agents: [], issues: [] } });
    await rejectApproval(company.board, { id: second.id });
    expect([await agentsOf(company), await issuesOf(company)]).toEqual([[], []]);
  });

  it("happens once when two people and a double click approve it at the same moment", async () => {
    const company = await found();
    const other = await company.member("admin");
    const proposed = await propose(company, whole);
    const outcomes = await Promise.allSettled(
      [company.board, other, company.board, other].map((ctx) => approveApproval(ctx, { id: proposed.id })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "stale_state" });
    expect((await agentsOf(company)).length).toBe(2);
    expect((await issuesOf(company)).length).toBe(3);
  });

  it("gives its agents the CEO's signing secret at the CEO's address, and their own at another", async () => {
    const company = await found();
    const own = { adapterType: "http", adapterConfig: { url: "https://elsewhere.example.com/" } };
    const proposed = await propose(company, planOf([agent("same"), agent("own", {}, own)], []));
    const { webhookSecret } = await approveApproval(company.board, { id: proposed.id });
    expect(webhookSecret).toMatch(/^whsec_/);
    const [same, other] = await agentsOf(company);
    const plainOf = async (id: string | undefined) => {
      const [row] = await rowsOf<{ sealed: string }>("select sealed from agent_webhook_secrets where agent_id = $1", [
        id,
      ]);
      return company.ports.secrets.open(row?.sealed ?? "", `agent-webhook:${company.companyId}`);
    };
    expect(await plainOf(same?.id)).toBe(await plainOf(company.ceo.id));
    expect(await plainOf(other?.id)).toBe(webhookSecret);
    expect(other?.adapter_config).toMatchObject(own.adapterConfig);
  });

  it("whose name was taken meanwhile changes nothing and stays to be decided", async () => {
    const company = await found();
    const proposed = await propose(company, whole);
    await hireAgent(company.board, draftOf("Quinn"));
    await expect(approveApproval(company.board, { id: proposed.id })).rejects.toMatchObject({ code: "already_exists" });
    expect(await issuesOf(company)).toEqual([]);
    await approveApproval(company.board, { id: proposed.id, selection: { agents: ["cto"] } });
    expect(await issuesOf(company)).toHaveLength(3);
  });

  it("may be as large as it can be", async () => {
    const company = await found();
    const agents = Array.from({ length: maxPlanAgents }, (_, at) =>
      agent(`a${at}`, at > 0 ? { reportsToKey: `a${at - 1}` } : {}),
    );
    const issues = Array.from({ length: maxPlanIssues }, (_, at) =>
      issue(`i${at}`, { assigneeKey: `a${at % maxPlanAgents}`, ...(at > 0 && { blockedByKeys: [`i${at - 1}`] }) }),
    );
    const proposed = await propose(company, planOf(agents, issues));
    await approveApproval(company.board, { id: proposed.id });
    expect((await agentsOf(company)).length).toBe(maxPlanAgents);
    expect((await issuesOf(company)).length).toBe(maxPlanIssues);
  });

  it("as words alone is taken and has no effect but the answer", async () => {
    const company = await found();
    const proposed = await propose(company, { plan: "We bake." });
    expect(await approveApproval(company.board, { id: proposed.id })).toMatchObject({ status: "approved" });
    expect(await agentsOf(company)).toEqual([]);
  });
});

describe("a plan that can't be carried out is refused where it is proposed, with the path", () => {
  it.each<[string, Record<string, unknown>, string]>([
    ["no version", { agents: [], issues: [] }, "version"],
    ["an unknown field", planOf([], [], { colour: "red" }), "payload"],
    ["an agent without a name", planOf([{ key: "a", draft: {} }], []), "agents[0].draft.name"],
    ["a key twice", planOf([agent("a"), agent("a", {}, { name: "B" })], []), "agents[1].key"],
    ["a name twice", planOf([agent("a"), agent("b", {}, { name: "AGENT A" })], []), "agents[1].draft.name"],
    ["an unknown manager", planOf([agent("a", { reportsToKey: "x" })], []), "agents[0].reportsToKey"],
    [
      "managers in a circle",
      planOf([agent("a", { reportsToKey: "b" }), agent("b", { reportsToKey: "a" })], []),
      "agents[0].reportsToKey",
    ],
    ["an unknown assignee", planOf([], [issue("i", { assigneeKey: "x" })]), "issues[0].assigneeKey"],
    ["an unknown project", planOf([], [issue("i", { projectKey: "x" })]), "issues[0].projectKey"],
    ["an issue that blocks itself", planOf([], [issue("i", { blockedByKeys: ["i"] })]), "issues[0].blockedByKeys"],
    ["an unknown template", planOf([agent("a", { template: "wizard" })], []), "agents[0].template"],
    [
      "an address that may not be called",
      planOf([agent("a", {}, { adapterType: "http", adapterConfig: { url: "http://10.0.0.1/" } })], []),
      "agents[0].draft.adapterConfig",
    ],
    [
      "too many issues",
      planOf(
        [],
        Array.from({ length: maxPlanIssues + 1 }, (_, at) => issue(`i${at}`)),
      ),
      "issues",
    ],
  ])("%s", async (_, payload, path) => {
    const company = await found();
    await expect(propose(company, payload)).rejects.toMatchObject({
      code: "invalid_plan",
      message: expect.stringContaining(path),
    });
  });

  it("a person's, when an agent of it has no kind: there is nobody that it could run like", async () => {
    const { board } = await found();
    await expect(
      createApproval(board, { type: "approve_ceo_strategy", payload: planOf([agent("a")], []) }),
    ).rejects.toMatchObject({ code: "invalid_plan", message: expect.stringContaining("agents[0].draft.adapterType") });
  });
});

describe("a team", () => {
  const url = "https://team.example.com/hook";
  const team = (tenant: Tenant, as = tenant.board) =>
    hireTeam(as, {
      adapterType: "http",
      adapterConfig: { url },
      agents: [
        { key: "lead", template: "engineer", draft: { name: "Emil" } },
        { key: "qa", template: "qa", draft: { name: "Quinn" }, reportsToKey: "lead" },
      ],
    });

  it("is hired at once by an admin where nobody has to decide, with one signing secret for its address", async () => {
    const tenant = await db.newTenant({ requireBoardApprovalForNewAgents: false });
    const { agents, approval, webhookSecret } = await team(tenant);
    expect([agents.map(({ name }) => name), approval]).toEqual([["Emil", "Quinn"], null]);
    expect(agents[1]).toMatchObject({ reportsTo: agents[0]?.id, adapterConfig: { url }, originApprovalId: null });
    expect(webhookSecret).toMatch(/^whsec_/);
    await expect(team(tenant)).rejects.toMatchObject({ code: "already_exists" });
  });

  it("becomes one decision elsewhere, and approving that hires all of it", async () => {
    const tenant = await db.newTenant();
    const { agents, approval } = await team(tenant, await tenant.member("operator"));
    expect(agents).toEqual([]);
    await approveApproval(tenant.board, { id: approval?.id ?? "" });
    const hired = await rowsOf<{ name: string }>("select name from agents where company_id = $1 order by id", [
      tenant.companyId,
    ]);
    expect(hired.map(({ name }) => name)).toEqual(["Emil", "Quinn"]);
  });
});
