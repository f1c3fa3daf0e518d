import type { OperationCall, Operations } from "@boardroom/contract";
import { type CallerName, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

type Create = Operations["interactions.create"];
const ofIssue = (t: Tenant) => ({ params: { id: t.ids.issue } });
const question = () => ({ kind: "request_confirmation" as const, payload: { version: 1, prompt: word() } });

/** Asked by whoever may take it back; on an issue of its own, where no workspace stands against a yes. */
const freshInteraction = async (t: Tenant, as: CallerName, body: OperationCall<Create>["body"] = question()) => {
  const issue = await t.board.call("issues.create", { params: { cid: t.cid }, body: { title: word() } });
  const asked = await t.clients[as].call("interactions.create", { params: { id: issue.id }, body });
  return { params: { id: issue.id, iid: asked.id }, body: { note: word() } };
};

const list = () => ({
  kind: "request_checkbox_confirmation" as const,
  payload: { version: 1, prompt: word(), items: [{ id: "a", label: word() }] },
});

export const interactionExamples: ExamplesOf<"interactions"> = {
  "interactions.inCompany": (t) => ({ params: { cid: t.cid } }),
  "interactions.list": ofIssue,
  "interactions.create": (t) => ({ ...ofIssue(t), body: question() }),
  "interactions.accept": (t, as) => freshInteraction(t, as),
  "interactions.reject": (t, as) => freshInteraction(t, as),
  "interactions.respond": async (t, as) => {
    const { params } = await freshInteraction(t, as, list());
    return { params, body: { note: word(), checked: ["a"] } };
  },
  "interactions.cancel": (t, as) => freshInteraction(t, as),
};
