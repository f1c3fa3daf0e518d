import type { BoardroomClient } from "@boardroom/contract";
import { subscriptionBody } from "./examples/approvals.ts";
import type { TenantIds } from "./tenant.ts";

interface Given {
  board: BoardroomClient;
  cid: string;
  mark: string;
  agentId: string;
  userId: string;
}
type Made = Pick<
  TenantIds,
  | "configRevision"
  | "criterion"
  | "reviewStage"
  | "treeHold"
  | "costEvent"
  | "price"
  | "budgetPolicy"
  | "budgetIncident"
  | "pushSubscription"
>;

/** What a board decides about: money, reviews, stops, versions of its agents. Operators may decide requests here. */
export async function newGovernedThings(given: Given): Promise<Made> {
  const { board, cid, agentId } = given;
  const params = { cid };
  await board.call("decisionPolicies.set", {
    params: { cid, type: "request_board_approval" },
    body: { quorum: 1, minimumRole: "operator", graceSeconds: 0, escalateAfterSec: null, expiresAfterSec: null },
  });
  await board.call("agents.update", { params: { id: agentId }, body: { capabilities: given.mark } });
  const [revision] = await board.call("agents.configRevisions", { params: { id: agentId } });
  const subscription = await board.call("pushSubscriptions.create", { params, body: subscriptionBody() });
  return {
    configRevision: revision?.id ?? "",
    pushSubscription: subscription.id,
    ...(await newMoney(given)),
    ...(await newReview(given)),
  };
}

/** A budget of nothing that only tells has its incident at once. */
async function newMoney({ board, cid, mark, agentId }: Given) {
  const params = { cid };
  const cost = await board.call("costs.report", {
    params,
    body: { agentId, provider: "p", model: mark, costCents: 1 },
  });
  const price = await board.call("costs.setPrice", {
    params,
    body: { provider: "p", model: mark, validFrom: "2026-01-01", inputCents: 1, cachedInputCents: 1, outputCents: 1 },
  });
  const { id: projectId } = await board.call("projects.create", { params, body: { name: `Budget ${mark}` } });
  const policy = await board.call("budgets.createPolicy", {
    params,
    body: { scope: "project", projectId, window: "week", amountCents: 0, hardStop: false },
  });
  const [incident] = await board.call("budgets.incidents", { params });
  return {
    costEvent: cost.id,
    price: price.id ?? "",
    budgetPolicy: policy.id,
    budgetIncident: incident?.id ?? "",
  };
}

async function newReview({ board, cid, mark, userId }: Given) {
  const { id } = await board.call("issues.create", { params: { cid }, body: { title: `Review ${mark}` } });
  const params = { id };
  const [criterion] = await board.call("criteria.replace", { params, body: { criteria: [{ text: mark }] } });
  const [stage] = await board.call("reviews.replace", {
    params,
    body: { stages: [{ kind: "review", reviewerUserId: userId }] },
  });
  const held = await board.call("issues.create", { params: { cid }, body: { title: `Held ${mark}` } });
  const hold = await board.call("treeHolds.create", { params: { id: held.id }, body: { mode: "pause" } });
  return { criterion: criterion?.id ?? "", reviewStage: stage?.id ?? "", treeHold: hold.id };
}
