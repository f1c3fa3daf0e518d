import type { ExamplesOf } from "./example.ts";

export const adapterExamples: ExamplesOf<"adapters"> = {
  "adapters.list": () => ({}),
  "adapters.configSchema": () => ({ params: { type: "http" } }),
  "adapters.inCompany": (t) => ({ params: { cid: t.cid } }),
  "adapters.models": (t) => ({ params: { cid: t.cid, type: "http" } }),
  "adapters.testEnvironment": (t) => ({
    params: { cid: t.cid, type: "process" },
    body: { adapterConfig: { command: "true" }, agentId: t.ids.agent, runnerId: t.ids.runner },
  }),
};
