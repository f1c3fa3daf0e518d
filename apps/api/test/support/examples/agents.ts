import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

/** Nobody listens there, and nobody is ever sent there. */
const adapterConfig = { url: "http://127.0.0.1:9/" };
const draftAdapter = { adapterType: "http", adapterConfig };
const draft = () => ({ name: `Agent ${word()}`, adapterConfig });
const ofAgent = (t: Tenant) => ({ params: { id: t.ids.agent } });

const freshAgent = async (t: Tenant) => {
  const { id } = await t.board.call("agents.create", { params: { cid: t.cid }, body: draft() });
  return { params: { id } };
};

export const agentExamples: ExamplesOf<"agents" | "agentTemplates"> = {
  "agentTemplates.list": () => ({}),
  "agents.list": (t) => ({ params: { cid: t.cid } }),
  "agents.create": (t) => ({ params: { cid: t.cid }, body: draft() }),
  "agents.hire": (t) => ({ params: { cid: t.cid }, body: draft() }),
  "agents.hireTeam": (t) => ({
    params: { cid: t.cid },
    body: { agents: [{ key: "a", template: "engineer", draft: { name: `Agent ${word()}` } }], ...draftAdapter },
  }),
  "agents.configRevisions": ofAgent,
  "agents.rollbackConfig": async (t) => {
    const { params } = await freshAgent(t);
    await t.board.call("agents.update", { params, body: { capabilities: word() } });
    const [revision] = await t.board.call("agents.configRevisions", { params });
    return { params: { id: params.id, rid: revision?.id ?? "" } };
  },
  "agents.instructions": ofAgent,
  "agents.updateInstructions": async (t) => ({
    ...(await freshAgent(t)),
    body: { files: [{ path: "AGENTS.md", content: word() }] },
  }),
  "agents.me": () => ({}),
  "agents.inboxLite": () => ({}),
  "agents.inboxMine": () => ({}),
  "agents.get": ofAgent,
  "agents.update": async (t) => ({ ...(await freshAgent(t)), body: { capabilities: word() } }),
  "agents.permissions": async (t) => ({ ...(await freshAgent(t)), body: { canCreateAgents: true } }),
  "agents.pause": async (t) => ({ ...(await freshAgent(t)), body: { reason: word() } }),
  "agents.resume": async (t) => {
    const agent = await freshAgent(t);
    await t.board.call("agents.pause", { ...agent, body: {} });
    return { ...agent, body: {} };
  },
  "agents.terminate": async (t) => ({ ...(await freshAgent(t)), body: { reason: word() } }),
  "agents.rotateWebhookSecret": freshAgent,
  "agents.invoke": (t) => ({ params: { id: t.ids.colleague }, body: { reason: word() } }),
  "agents.wakeup": (t) => ({ params: { id: t.ids.colleague }, body: { reason: word(), payload: { about: word() } } }),
  "agents.wakes": ofAgent,
  "agents.schedule": ofAgent,
  "agents.taskSessions": ofAgent,
  "agents.runtimeState": ofAgent,
  "agents.resetSession": (t) => ({ ...ofAgent(t), body: {} }),
  "agents.skills": ofAgent,
  "agents.setBudget": async (t) => ({ ...(await freshAgent(t)), body: { budgetMonthlyCents: 1234.5 } }),
};
