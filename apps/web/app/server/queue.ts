import type { Company, PendingDecision, ShownApproval } from "@boardroom/contract";
import { readAsked } from "./asked.ts";
import type { CompanyActionArgs } from "./board.ts";

export interface QueueView {
  decisions: PendingDecision[];
  laterCount: number;
  approvals: ShownApproval[];
}

const nothing: QueueView = { decisions: [], laterCount: 0, approvals: [] };

/** What waits, in its order, with its approvals as their cards show them; null reads nothing. */
export async function readQueue(
  api: CompanyActionArgs["api"],
  company: Company,
  which: "waiting" | "later" | null,
): Promise<QueueView> {
  if (which === null) return nothing;
  const params = { cid: company.id };
  const [all, approvals] = await Promise.all([
    api.call("decisions.list", { params, query: { snoozed: "true", limit: 100 } }),
    api.call("approvals.list", { params, query: { status: "pending", limit: 100 } }),
  ]);
  const later = all.filter(({ snoozedUntil }) => snoozedUntil !== null);
  return {
    decisions: which === "later" ? later : all.filter(({ snoozedUntil }) => snoozedUntil === null),
    laterCount: later.length,
    approvals,
  };
}

/** How many decisions stand on Home; the others are a tap away. */
const mostOnHome = 3;

/** What waits first for the visitor, with what its cards show. */
export async function readFirst(api: CompanyActionArgs["api"], company: Company) {
  const params = { cid: company.id };
  const query = { limit: 50, status: "pending" as const };
  const [all, approvals, asked, incidents] = await Promise.all([
    api.call("decisions.list", { params, query: { limit: mostOnHome } }),
    api.call("approvals.list", { params, query }),
    readAsked(api, company, "pending", 50),
    api.call("budgets.incidents", { params, query: { limit: 50, status: "open" } }),
  ]);
  const isShown = ({ id }: { id: string }) => all.some((decision) => decision.id === id);
  return {
    decisions: all,
    cards: {
      approvals: approvals.filter(isShown),
      interactions: asked.questions.filter(isShown),
      calls: asked.calls.filter(isShown),
      incidents: incidents.filter(isShown),
      reviews: asked.reviews.filter(isShown),
    },
  };
}
