import { randomUUID } from "node:crypto";
import type { OperationId } from "@boardroom/contract";
import { connectDevice } from "@boardroom/testing";
import { attachFile } from "./examples/content.ts";
import { newIncident } from "./examples/governance.ts";
import { newJoinRequest } from "./examples/people.ts";
import { openReview } from "./examples/reviews.ts";
import { silentEndpoint } from "./examples/webhooks.ts";
import { addWorkspace } from "./examples/workspaces.ts";
import { type CallerName, startRun, type Tenant, word } from "./tenant.ts";

/** How a list gets one more row. */
export interface Filling {
  add(t: Tenant): Promise<unknown>;
  /** The field that tells its rows apart; `id` when left out. */
  key?: string;
  as?: CallerName;
  query?: Record<string, string>;
}

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofIssue = (t: Tenant) => ({ params: { id: t.ids.issue } });
const ofRoutine = (t: Tenant) => ({ params: { id: t.ids.routine } });
const newIssue = (t: Tenant, body: object = {}) =>
  t.board.call("issues.create", { ...ofCompany(t), body: { title: word(), ...body } });
const newRun = (t: Tenant) => startRun(t.boardroom, t.cid, t.ids.agent);
const newAgent = (t: Tenant) =>
  t.board.call("agents.create", {
    ...ofCompany(t),
    body: { name: word(), adapterConfig: { url: "http://127.0.0.1:9/" } },
  });
const reportCost = (t: Tenant, body: object = {}) =>
  t.board.call("costs.report", {
    ...ofCompany(t),
    body: { agentId: t.ids.agent, provider: "p", model: word(), costCents: 1.5, ...body },
  });
const newQuestion = (t: Tenant) =>
  t.board.call("interactions.create", {
    ...ofIssue(t),
    body: { kind: "request_confirmation", payload: { version: 1, prompt: word() } },
  });
const newWorkspace = (t: Tenant) => addWorkspace(t, { issueId: t.ids.issue, agentId: t.ids.agent });
const newCompany = (t: Tenant) => t.board.call("companies.create", { body: { name: `Company ${word()}` } });
const newApproval = (t: Tenant) =>
  t.board.call("approvals.create", { ...ofCompany(t), body: { type: "request_board_approval", payload: {} } });
const priorities = ["low", "critical", "medium", "high"] as const;
let turn = 0;
const assigned: Filling = {
  as: "agentKey",
  add: (t) => newIssue(t, { assigneeAgentId: t.ids.agent, priority: priorities[turn++ % priorities.length] }),
};

/** Every paged operation with how its list grows. A new one has to be written down here. */
export const fillings: Partial<Record<OperationId, Filling>> = {
  "companies.list": { add: newCompany },
  "companies.stats": { add: newCompany, key: "companyId" },
  "companies.activity": {
    add: (t) => t.board.call("labels.create", { ...ofCompany(t), body: { name: word() } }),
    query: { action: "label.created" },
  },
  "companies.members": {
    add: async (t) => {
      const { email } = await t.boardroom.signUp();
      await t.boardroom.ownerQuery(
        "insert into memberships (company_id, user_id, display_name, role) select $1, id, name, 'viewer' from users where email = $2",
        [t.cid, email],
      );
    },
  },
  "invites.list": {
    add: (t) => t.board.call("invites.create", { ...ofCompany(t), body: { role: "viewer" } }),
  },
  "joinRequests.list": { add: newJoinRequest },
  "boardKeys.list": { add: (t) => t.board.call("boardKeys.create", { body: { name: word() } }) },
  "agentKeys.list": {
    add: (t) => t.board.call("agentKeys.create", { params: { id: t.ids.agent }, body: { name: word() } }),
  },
  "agents.list": { add: newAgent },
  "agents.configRevisions": {
    add: (t) => t.board.call("agents.update", { params: { id: t.ids.agent }, body: { capabilities: word() } }),
  },
  "agents.inboxLite": assigned,
  "agents.inboxMine": assigned,
  "agents.wakes": {
    add: (t) =>
      t.boardroom.ownerQuery(
        "insert into wakes (company_id, agent_id, source, reason, task_key, status) values ($1, $2, 'timer', 'test', $3, 'done')",
        [t.cid, t.ids.agent, randomUUID()],
      ),
  },
  "agents.taskSessions": {
    add: (t) =>
      t.boardroom.ownerQuery(
        "insert into agent_task_sessions (company_id, agent_id, task_key, last_run_id) values ($1, $2, $3, uuidv7())",
        [t.cid, t.ids.agent, randomUUID()],
      ),
    key: "taskKey",
  },
  "goals.list": { add: (t) => t.board.call("goals.create", { ...ofCompany(t), body: { title: word() } }) },
  "projects.list": { add: (t) => t.board.call("projects.create", { ...ofCompany(t), body: { name: word() } }) },
  "milestones.list": {
    add: (t) =>
      t.board.call("milestones.create", {
        params: { id: t.ids.project },
        body: { name: word(), targetDate: turn++ % 3 === 0 ? null : `2031-01-${String((turn % 5) + 10)}` },
      }),
  },
  "labels.list": { add: (t) => t.board.call("labels.create", { ...ofCompany(t), body: { name: word() } }) },
  "issues.list": { add: (t) => newIssue(t, { labelIds: [t.ids.label] }), query: { status: "todo,backlog" } },
  "issues.comments": { add: (t) => t.board.call("issues.comment", { ...ofIssue(t), body: { body: word() } }) },
  "issues.activity": { add: (t) => t.board.call("issues.comment", { ...ofIssue(t), body: { body: word() } }) },
  "issues.runs": {
    add: async (t) => {
      const { runId } = await newRun(t);
      await t.boardroom.ownerQuery("update heartbeat_runs set issue_id = $1 where id = $2", [t.ids.issue, runId]);
    },
  },
  "routines.list": {
    add: (t) =>
      t.board.call("routines.create", { ...ofCompany(t), body: { title: word(), assigneeAgentId: t.ids.agent } }),
  },
  "routines.runs": { add: (t) => t.board.call("routines.run", { ...ofRoutine(t), body: {} }) },
  "routines.revisions": {
    add: (t) => t.board.call("routines.update", { ...ofRoutine(t), body: { description: word() } }),
  },
  "runnerCodes.list": { add: (t) => t.board.call("runnerCodes.create", { ...ofCompany(t), body: { name: word() } }) },
  "runners.list": { add: (t) => connectDevice(t) },
  "runs.list": { add: newRun },
  "runs.live": { add: newRun },
  "runs.events": {
    add: (t) =>
      t.clients.runToken.call("runs.addEvents", {
        params: { id: t.ids.run },
        body: { events: [{ seq: ++turn, kind: "note", message: word() }] },
      }),
    key: "seq",
  },
  "runs.issues": {
    add: (t) => t.clients.runToken.call("issues.create", { ...ofCompany(t), body: { title: word() } }),
  },
  "costs.events": { add: reportCost },
  "costs.byAgent": { add: async (t) => reportCost(t, { agentId: (await newAgent(t)).id }), key: "agentId" },
  "costs.byProject": {
    add: async (t) => {
      const project = await t.board.call("projects.create", { ...ofCompany(t), body: { name: word() } });
      return reportCost(t, { projectId: project.id });
    },
    key: "projectId",
  },
  "costs.byBillingCode": { add: (t) => reportCost(t, { billingCode: word() }), key: "billingCode" },
  "costs.byProvider": { add: (t) => reportCost(t, { provider: word() }), key: "provider" },
  "costs.byAgentModel": { add: (t) => reportCost(t, { model: word() }), key: "model" },
  "costs.byGoal": {
    add: async (t) => {
      const goal = await t.board.call("goals.create", { ...ofCompany(t), body: { title: word() } });
      return reportCost(t, { goalId: goal.id });
    },
    key: "goalId",
  },
  "budgets.policies": { add: (t) => newIncident(t) },
  "budgets.incidents": { add: (t) => newIncident(t) },
  "costs.byIssue": { add: async (t) => reportCost(t, { issueId: (await newIssue(t)).id }), key: "issueId" },
  "projectWorkspaces.list": {
    add: (t) =>
      t.board.call("projectWorkspaces.create", {
        params: { id: t.ids.project },
        body: { name: word(), kind: "folder", path: "/srv" },
      }),
  },
  "executionWorkspaces.list": { add: newWorkspace },
  "executionWorkspaces.operations": {
    add: (t) =>
      t.boardroom.ownerQuery(
        "insert into workspace_operations (company_id, execution_workspace_id, kind) values ($1, $2, 'prepare')",
        [t.cid, t.ids.executionWorkspace],
      ),
  },
  "documents.revisions": {
    add: async (t) => {
      const params = { id: t.ids.issue, key: t.ids.document };
      const { latestRevisionId } = await t.board.call("documents.get", { params });
      await t.board.call("documents.put", { params, body: { body: word(), baseRevisionId: latestRevisionId } });
    },
  },
  "attachments.list": { add: (t) => attachFile(t, t.ids.issue) },
  "workProducts.list": {
    add: (t) => t.board.call("workProducts.create", { ...ofIssue(t), body: { kind: "link", title: word() } }),
  },
  "interactions.list": { add: newQuestion },
  "interactions.inCompany": { add: newQuestion, query: { status: "pending" } },
  "reviews.inCompany": { add: (t) => openReview(t, "boardKey") },
  "treeHolds.list": {
    add: (t) => t.board.call("treeHolds.create", { ...ofIssue(t), body: { mode: "cancel" } }),
  },
  "toolApprovals.list": {
    add: (t) =>
      t.clients.runToken.call("toolApprovals.request", {
        params: { id: t.ids.run },
        body: { callId: word(), tool: "Bash", input: {} },
      }),
    query: { status: "pending" },
  },
  "toolRules.list": {
    add: (t) => t.board.call("toolRules.create", { ...ofCompany(t), body: { effect: "ask", tool: word() } }),
  },
  "secrets.list": {
    add: (t) => t.board.call("secrets.create", { ...ofCompany(t), body: { name: word(), value: word() } }),
  },
  "secrets.accessEvents": {
    add: (t) =>
      t.boardroom.ownerQuery(
        "insert into secret_access_events (company_id, secret_id, secret_version, agent_id, purpose) values ($1, $2, 1, $3, 'run')",
        [t.cid, t.ids.secret, t.ids.agent],
      ),
  },
  "webhookEndpoints.list": {
    add: (t) => t.board.call("webhookEndpoints.create", { ...ofCompany(t), body: silentEndpoint() }),
  },
  "webhookEndpoints.deliveries": {
    add: (t) => t.board.call("webhookEndpoints.test", { params: { id: t.ids.webhookEndpoint } }),
  },
  "skills.list": {
    add: (t) =>
      t.board.call("skills.create", {
        ...ofCompany(t),
        body: { key: word(), name: word(), description: "", files: [{ path: "SKILL.md", content: word() }] },
      }),
  },
  "approvals.list": { add: newApproval },
  "approvals.issues": {
    add: async (t) => {
      const { id } = await newIssue(t);
      await t.board.call("issueApprovals.link", { params: { id }, body: { approvalId: t.ids.approval } });
    },
  },
  "issueApprovals.list": {
    add: async (t) => {
      const { id } = await newApproval(t);
      await t.board.call("issueApprovals.link", { ...ofIssue(t), body: { approvalId: id } });
    },
  },
  "approvals.revisions": {
    add: async (t) => {
      const params = { id: t.ids.approval };
      await t.board.call("approvals.requestRevision", { params, body: {} });
      await t.board.call("approvals.resubmit", { params, body: { payload: { text: word() } } });
    },
    key: "version",
  },
  "approvals.comments": {
    add: (t) => t.board.call("approvals.comment", { params: { id: t.ids.approval }, body: { body: word() } }),
  },
};
