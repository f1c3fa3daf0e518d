import { bearer, startRun, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofRule = (t: Tenant) => ({ params: { id: t.ids.toolRule } });
const idOf = ({ id }: { id: string }) => ({ params: { id } });
const toolCall = () => ({
  callId: word(),
  tool: "Bash",
  input: { command: `echo ${word()}` },
  summary: `echo ${word()}`,
});

const freshApproval = async (t: Tenant) =>
  idOf(await t.clients.runToken.call("toolApprovals.request", { params: { id: t.ids.run }, body: toolCall() }));

export const toolApprovalExamples: ExamplesOf<"toolApprovals" | "toolRules"> = {
  "toolApprovals.request": async (t) => {
    const { runId, token } = await startRun(t.boardroom, t.cid, t.ids.agent);
    return { params: { id: runId }, headers: bearer(token), body: toolCall() };
  },
  "toolApprovals.list": (t) => ({ ...ofCompany(t), query: { status: "pending" } }),
  "toolApprovals.get": (t) => ({ params: { id: t.ids.toolApproval } }),
  "toolApprovals.allow": async (t) => ({ ...(await freshApproval(t)), body: { note: word() } }),
  "toolApprovals.deny": async (t) => ({ ...(await freshApproval(t)), body: { note: word() } }),
  "toolRules.list": ofCompany,
  "toolRules.create": (t) => ({
    ...ofCompany(t),
    body: { effect: "ask", tool: word(), shape: `${word()} *`, agentId: t.ids.agent, note: word() },
  }),
  "toolRules.update": (t) => ({ ...ofRule(t), body: { note: word(), agentId: t.ids.agent } }),
  "toolRules.delete": async (t) =>
    idOf(await t.board.call("toolRules.create", { ...ofCompany(t), body: { effect: "deny", tool: word() } })),
};
