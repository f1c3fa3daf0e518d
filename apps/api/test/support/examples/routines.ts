import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofRoutine = (t: Tenant) => ({ params: { id: t.ids.routine } });
const ofTrigger = (t: Tenant) => ({ params: { id: t.ids.routineTrigger } });
const idOf = ({ id }: { id: string }) => ({ params: { id } });

/** A routine of the agent behind the keys, so that it may do with it what the board may. */
const freshRoutine = async (t: Tenant) => {
  const variables = [{ name: "topic", required: true }];
  const body = { title: `${word()} {{topic}}`, assigneeAgentId: t.ids.agent, variables };
  return idOf(await t.board.call("routines.create", { ...ofCompany(t), body }));
};
const freshTrigger = async (t: Tenant) => {
  const routine = await freshRoutine(t);
  const { trigger } = await t.board.call("routines.createTrigger", { ...routine, body: { kind: "webhook" } });
  return idOf(trigger);
};

export const routineExamples: ExamplesOf<"routines" | "routineTriggers"> = {
  "routines.list": ofCompany,
  "routines.create": (t) => ({
    ...ofCompany(t),
    body: {
      title: word(),
      description: "About {{topic}} on {{date}}",
      projectId: t.ids.project,
      goalId: t.ids.goal,
      assigneeAgentId: t.ids.agent,
      concurrencyPolicy: "always_enqueue",
      variables: [{ name: "topic", description: "What it is about", default: "weather" }],
    },
  }),
  "routines.preview": (t) => ({
    ...ofCompany(t),
    body: { cronExpression: "30 8 * * MON-FRI", timezone: "Europe/Berlin", routineId: t.ids.routine },
  }),
  "routines.get": ofRoutine,
  "routines.update": (t) => ({ ...ofRoutine(t), body: { description: word(), projectId: t.ids.project } }),
  "routines.runs": ofRoutine,
  "routines.run": async (t) => ({ ...(await freshRoutine(t)), body: { variables: { topic: word() } } }),
  "routines.revisions": ofRoutine,
  "routines.restoreRevision": (t) => ({ params: { id: t.ids.routine, revisionId: t.ids.routineRevision } }),
  "routines.createTrigger": async (t) => ({
    ...(await freshRoutine(t)),
    body: { kind: "webhook", signingMode: "hmac_sha256", label: word() },
  }),
  "routineTriggers.update": (t) => ({ ...ofTrigger(t), body: { label: word() } }),
  "routineTriggers.delete": freshTrigger,
  "routineTriggers.rotateSecret": freshTrigger,
};
