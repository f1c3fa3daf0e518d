import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofIssue = (t: Tenant) => ({ params: { id: t.ids.issue } });

const freshIssue = async (t: Tenant, assigneeAgentId?: string) => {
  const body = { title: word(), assigneeAgentId };
  const { id } = await t.board.call("issues.create", { params: { cid: t.cid }, body });
  return { params: { id } };
};

const references = (t: Tenant) => ({
  projectId: t.ids.project,
  milestoneId: t.ids.milestone,
  goalId: t.ids.goal,
  labelIds: [t.ids.label],
});

export const issueExamples: ExamplesOf<"issues"> = {
  "issues.list": (t) => ({ params: { cid: t.cid }, query: { limit: 5, status: "todo,backlog", q: "Issue" } }),
  "issues.board": (t) => ({ params: { cid: t.cid }, query: { limit: 2, sort: "updated" } }),
  "issues.create": (t) => ({
    params: { cid: t.cid },
    body: { title: word(), parentId: t.ids.issue, assigneeAgentId: t.ids.colleague, ...references(t) },
  }),
  "issues.get": ofIssue,
  "issues.update": async (t) => ({
    ...(await freshIssue(t, t.ids.agent)),
    body: {
      description: word(),
      priority: "high",
      comment: word(),
      blockedByIssueIds: [t.ids.issue],
      ...references(t),
    },
  }),
  "issues.bulk": (t) => ({
    params: { cid: t.cid },
    body: { ids: [t.ids.issue], set: { addLabelIds: [t.ids.label] } },
  }),
  "issues.escalate": async (t) => {
    const { id } = await t.board.call("issues.create", {
      params: { cid: t.cid },
      body: { title: word(), assigneeAgentId: t.ids.agent },
    });
    return { params: { id }, body: { reason: word() } };
  },
  "issues.delete": (t) => freshIssue(t),
  "issues.checkout": async (t) => ({ ...(await freshIssue(t)), body: { agentId: t.ids.agent } }),
  "issues.release": async (t, as) => {
    const issue = await freshIssue(t);
    await t.clients[as].call("issues.checkout", { ...issue, body: { agentId: t.ids.agent } });
    return issue;
  },
  "issues.forceRelease": async (t) => {
    const issue = await freshIssue(t);
    await t.clients.runToken.call("issues.checkout", { ...issue, body: { agentId: t.ids.agent } });
    return issue;
  },
  "issues.createChild": (t) => ({ ...ofIssue(t), body: { title: word(), ...references(t) } }),
  "issues.comments": ofIssue,
  "issues.comment": (t) => ({ ...ofIssue(t), body: { body: word() } }),
  "issues.getComment": (t) => ({ params: { id: t.ids.issue, commentId: t.ids.comment } }),
  "issues.deleteComment": async (t, as) => {
    const { id } = await t.clients[as].call("issues.comment", { ...ofIssue(t), body: { body: word() } });
    return { params: { id: t.ids.issue, commentId: id } };
  },
  "issues.markRead": ofIssue,
  "issues.markUnread": ofIssue,
  "issues.activity": ofIssue,
  "issues.runs": ofIssue,
  "issues.activeRun": ofIssue,
  "issues.costSummary": ofIssue,
  "issues.heartbeatContext": ofIssue,
};
