import { connectDevice, machineOf, makeDeviceKey } from "@boardroom/testing";
import { givenTest, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofRunner = (t: Tenant) => ({ params: { id: t.ids.runner } });
const freshCode = (t: Tenant) => t.board.call("runnerCodes.create", { ...ofCompany(t), body: { name: word() } });

export const runnerExamples: ExamplesOf<"runners" | "runnerCodes"> = {
  "runnerCodes.list": ofCompany,
  "runnerCodes.create": (t) => ({
    ...ofCompany(t),
    body: { name: word(), labels: ["mac", "gpu"], agentIds: [t.ids.agent] },
  }),
  "runnerCodes.revoke": async (t) => ({ params: { id: (await freshCode(t)).id } }),
  "runners.register": async (t) => {
    const { code } = await freshCode(t);
    return { body: { code: code ?? "", publicKey: makeDeviceKey().x, ...machineOf({ name: word() }) } };
  },
  "runners.token": (t) => ({ body: { assertion: t.device.assert() } }),
  "runners.claim": () => ({ body: { freeSlots: 1, adapters: ["process"] } }),
  "runners.heartbeat": (t) => ({
    body: { ...t.device.machine, runs: [{ runId: t.ids.run, fence: t.run.fence }], interrupted: [] },
  }),
  "runners.reportTest": async (t) => ({
    params: { id: await givenTest(t.boardroom, t.cid, t.ids.runner) },
    body: { checks: [{ level: "warn", code: "old_version", message: "An older version was found." }] },
  }),
  "runners.list": ofCompany,
  "runners.waits": ofCompany,
  "runners.get": ofRunner,
  "runners.update": (t) => ({
    ...ofRunner(t),
    body: { name: word(), labels: ["mac"], agentIds: [t.ids.agent], slots: 2 },
  }),
  "runners.revoke": async (t) => ({ params: { id: (await connectDevice(t)).id } }),
};
