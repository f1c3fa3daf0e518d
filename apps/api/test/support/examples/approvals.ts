import { randomBytes } from "node:crypto";
import type { BoardroomClient } from "@boardroom/contract";
import { type CallerName, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofApproval = (t: Tenant) => ({ params: { id: t.ids.approval } });
const ofIssue = (t: Tenant) => ({ params: { id: t.ids.issue } });

const freshApprovalOf = async (t: Tenant, client: BoardroomClient) => {
  const body = { type: "request_board_approval", payload: { text: word() } } as const;
  const { id } = await client.call("approvals.create", { ...ofCompany(t), body });
  return { params: { id } };
};
const freshApproval = (t: Tenant, as: CallerName) => freshApprovalOf(t, t.clients[as]);

const policy = { quorum: 1, minimumRole: "operator", escalateAfterSec: null, expiresAfterSec: null } as const;
const setGrace = (t: Tenant, graceSeconds: number) =>
  t.board.call("decisionPolicies.set", {
    params: { cid: t.cid, type: "request_board_approval" },
    body: { ...policy, graceSeconds },
  });

/** An approval within its grace window. */
async function inGrace(t: Tenant) {
  const approval = await freshApproval(t, "session");
  await setGrace(t, 600);
  await t.board.call("approvals.approve", { ...approval, body: {} });
  await setGrace(t, 0);
  return approval;
}

export const subscriptionBody = () => ({
  endpoint: `http://127.0.0.1:9/${word()}`,
  p256dh: Buffer.concat([Buffer.from([4]), randomBytes(64)]).toString("base64url"),
  auth: randomBytes(16).toString("base64url"),
  label: "Phone",
});

export const approvalExamples: ExamplesOf<"approvals" | "issueApprovals"> = {
  "approvals.list": ofCompany,
  "approvals.create": (t) => ({
    ...ofCompany(t),
    body: { type: "request_board_approval", payload: { plan: word() }, issueIds: [t.ids.issue] },
  }),
  "approvals.get": ofApproval,
  "approvals.approve": async (t, as) => ({ ...(await freshApproval(t, as)), body: { decisionNote: word() } }),
  "approvals.reject": async (t, as) => ({ ...(await freshApproval(t, as)), body: { decisionNote: word() } }),
  "approvals.requestRevision": async (t, as) => ({ ...(await freshApproval(t, as)), body: { decisionNote: word() } }),
  "approvals.resubmit": async (t, as) => {
    const approval = await freshApproval(t, as);
    await t.board.call("approvals.requestRevision", { ...approval, body: {} });
    return { ...approval, body: { payload: { text: word() } } };
  },
  "approvals.undo": inGrace,
  "approvals.cancel": async (t, as) => ({ ...(await freshApproval(t, as)), body: { decisionNote: word() } }),
  "approvals.revisions": ofApproval,
  "approvals.receipt": async (t) => {
    const approval = await freshApprovalOf(t, t.board);
    await t.board.call("approvals.reject", { ...approval, body: {} });
    return approval;
  },
  "approvals.issues": ofApproval,
  "approvals.comments": ofApproval,
  "approvals.comment": (t) => ({ ...ofApproval(t), body: { body: word() } }),
  "issueApprovals.list": ofIssue,
  "issueApprovals.link": async (t, as) => {
    const { params } = await freshApproval(t, as);
    return { ...ofIssue(t), body: { approvalId: params.id } };
  },
  "issueApprovals.unlink": async (t, as) => {
    const { params } = await freshApproval(t, as);
    await t.board.call("issueApprovals.link", { ...ofIssue(t), body: { approvalId: params.id } });
    return { params: { id: t.ids.issue, aid: params.id } };
  },
};

export const decisionExamples: ExamplesOf<"decisions" | "decisionPolicies" | "notifications" | "pushSubscriptions"> = {
  "decisions.list": ofCompany,
  "decisions.snooze": (t) => ({
    params: { cid: t.cid, kind: "approval", did: t.ids.approval },
    body: { until: new Date(Date.now() + 60_000).toISOString() },
  }),
  "decisionPolicies.list": ofCompany,
  "decisionPolicies.set": (t) => ({
    params: { cid: t.cid, type: "budget_override_required" },
    body: { ...policy, graceSeconds: 30 },
  }),
  "notifications.preferences": ofCompany,
  "notifications.prefer": (t) => ({
    ...ofCompany(t),
    body: {
      emailKinds: ["approval"],
      pushKinds: [],
      quietFrom: "22:00",
      quietTo: "07:00",
      timeZone: "Europe/Berlin",
      urgentBreaksQuiet: true,
    },
  }),
  "pushSubscriptions.list": ofCompany,
  "pushSubscriptions.create": (t) => ({ ...ofCompany(t), body: subscriptionBody() }),
  "pushSubscriptions.delete": async (t, as) => {
    const { id } = await t.clients[as].call("pushSubscriptions.create", { ...ofCompany(t), body: subscriptionBody() });
    return { params: { cid: t.cid, sid: id } };
  },
};
