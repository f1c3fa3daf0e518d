import { bearer, type CallerName, startRun, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofRun = (t: Tenant) => ({ params: { id: t.ids.run } });
const freshRun = (t: Tenant) => startRun(t.boardroom, t.cid, t.ids.agent);

/** A run to end or to keep: by its own token, or by the agent's key with the fence in the body. */
const executedRun = async (t: Tenant, as: CallerName) => {
  const { runId, fence, token } = await freshRun(t);
  const params = { id: runId };
  if (as === "runToken") return { call: { params, headers: bearer(token) }, fence: {} };
  return { call: { params }, fence: { fence } };
};

export const runExamples: ExamplesOf<"runs"> = {
  "runs.list": ofCompany,
  "runs.live": ofCompany,
  "runs.get": ofRun,
  "runs.events": ofRun,
  "runs.addEvents": async (t, as) => {
    const { call, fence } = await executedRun(t, as);
    return { ...call, body: { ...fence, events: [{ seq: 1, kind: "note", message: word(), data: { at: 1 } }] } };
  },
  "runs.issues": ofRun,
  "runs.lineage": ofRun,
  "runs.cancel": async (t) => {
    const { runId } = await freshRun(t);
    return { params: { id: runId }, body: { reason: word() } };
  },
  "runs.renew": async (t, as) => {
    const { call, fence } = await executedRun(t, as);
    return { ...call, body: { ...fence, progress: word(), usage: { inputTokens: 12, outputTokens: 3 } } };
  },
  "runs.complete": async (t, as) => {
    const { call, fence } = await executedRun(t, as);
    return { ...call, body: { ...fence, status: "succeeded", summary: word(), costUsd: 0.01 } };
  },
};

export const runLogExamples: ExamplesOf<"runLogs"> = {
  "runLogs.read": ofRun,
  "runLogs.append": async (t, as) => {
    const { call, fence } = await executedRun(t, as);
    return { ...call, body: { ...fence, seq: 0, offset: 0, content: `${word()}\n` } };
  },
  "runLogs.transcript": ofRun,
};
