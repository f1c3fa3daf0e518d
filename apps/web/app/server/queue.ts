import type { Company, PendingDecision, ShownApproval } from "@boardroom/contract";
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
