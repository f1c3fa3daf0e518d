import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofSecret = (t: Tenant) => ({ params: { id: t.ids.secret } });
const draft = () => ({ name: word(), value: `value of ${word()}` });
const anotherSecret = async (t: Tenant) => {
  const { id } = await t.board.call("secrets.create", { ...ofCompany(t), body: draft() });
  return { params: { id } };
};

export const secretExamples: ExamplesOf<"secrets"> = {
  "secrets.list": ofCompany,
  "secrets.create": (t) => ({ ...ofCompany(t), body: draft() }),
  "secrets.get": ofSecret,
  "secrets.update": (t) => ({
    ...ofSecret(t),
    body: { name: word(), agentIds: [t.ids.agent], projectIds: [t.ids.project] },
  }),
  "secrets.delete": anotherSecret,
  "secrets.rotate": async (t) => ({ ...(await anotherSecret(t)), body: { value: `value of ${word()}`, keepDays: 0 } }),
  "secrets.usage": ofSecret,
  "secrets.accessEvents": ofSecret,
  "secrets.adopt": async (t) => {
    const { id } = await t.board.call("agents.create", {
      ...ofCompany(t),
      body: {
        name: word(),
        adapterType: "process",
        adapterConfig: { command: "true", env: { API_TOKEN: word() + word() } },
      },
    });
    return { params: { id }, body: { section: "env", field: "API_TOKEN", key: word() } };
  },
};
