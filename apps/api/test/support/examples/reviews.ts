import { type CallerName, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofIssue = (t: Tenant) => ({ params: { id: t.ids.issue } });
const isAgent = (as: CallerName) => as === "agentKey" || as === "runToken";

/** Of who calls, for somebody else: so that they may say when it is done. */
const ownRequest = async (t: Tenant, as: CallerName) => {
  const { id } = await t.clients[as].call("issues.create", {
    params: { cid: t.cid },
    body: { title: word(), assigneeAgentId: t.ids.colleague },
  });
  return { params: { id } };
};

/** In review at its one stage, which is the caller's. */
export const openReview = async (t: Tenant, as: CallerName) => {
  const { id } = await t.board.call("issues.create", { params: { cid: t.cid }, body: { title: word() } });
  const reviewer = isAgent(as) ? { reviewerAgentId: t.ids.agent } : { reviewerUserId: t.ids.user };
  const [stage] = await t.board.call("reviews.replace", {
    params: { id },
    body: { stages: [{ kind: "review", ...reviewer }] },
  });
  await t.board.call("issues.update", { params: { id }, body: { status: "in_progress" } });
  await t.board.call("issues.update", { params: { id }, body: { status: "in_review" } });
  return { id, rid: stage?.id ?? "" };
};

const openCriterion = async (t: Tenant) => {
  const { id } = await t.board.call("issues.create", {
    params: { cid: t.cid },
    body: { title: word(), assigneeAgentId: t.ids.agent },
  });
  const [made] = await t.board.call("criteria.replace", { params: { id }, body: { criteria: [{ text: word() }] } });
  return { id, kid: made?.id ?? "" };
};
const evidence = { kind: "url" as const, ref: "https://ci.example.com/1" };

export const reviewExamples: ExamplesOf<"reviews" | "criteria"> = {
  "reviews.inCompany": (t) => ({ params: { cid: t.cid } }),
  "reviews.list": ofIssue,
  "reviews.replace": async (t, as) => ({
    ...(await ownRequest(t, as)),
    body: { stages: [{ kind: "review", reviewerAgentId: t.ids.agent }] },
  }),
  "reviews.approve": async (t, as) => ({ params: await openReview(t, as), body: { note: word() } }),
  "reviews.requestChanges": async (t, as) => ({ params: await openReview(t, as), body: { note: word() } }),
  "criteria.list": ofIssue,
  "criteria.replace": async (t, as) => ({ ...(await ownRequest(t, as)), body: { criteria: [{ text: word() }] } }),
  "criteria.giveEvidence": async (t) => ({ params: await openCriterion(t), body: { ...evidence, note: word() } }),
  "criteria.takeEvidence": async (t) => {
    const params = await openCriterion(t);
    await t.board.call("criteria.giveEvidence", { params, body: evidence });
    return { params };
  },
};
