import { type CallerName, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofIssue = (t: Tenant) => ({ params: { id: t.ids.issue } });
const question = () => ({ kind: "request_confirmation" as const, payload: { version: 1, prompt: word() } });

/** Asked by whoever may take it back; on an issue of its own, where no workspace stands against a yes. */
const freshInteraction = async (t: Tenant, as: CallerName) => {
  const issue = await t.board.call("issues.create", { params: { cid: t.cid }, body: { title: word() } });
  const asked = await t.clients[as].call("interactions.create", { params: { id: issue.id }, body: question() });
  return { params: { id: issue.id, iid: asked.id }, body: { note: word() } };
};

export const interactionExamples: ExamplesOf<"interactions"> = {
  "interactions.inCompany": (t) => ({ params: { cid: t.cid } }),
  "interactions.list": ofIssue,
  "interactions.create": (t) => ({ ...ofIssue(t), body: question() }),
  "interactions.accept": freshInteraction,
  "interactions.reject": freshInteraction,
  "interactions.cancel": freshInteraction,
};
