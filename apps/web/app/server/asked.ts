import type { Company, Interaction, ToolApproval } from "@boardroom/contract";
import type { CompanyActionArgs } from "./board.ts";

/** What waits for an answer in the middle of somebody's work, or was answered. */
export interface Asked {
  calls: ToolApproval[];
  confirmations: (Interaction & { asker: string; issue: { identifier: string; title: string } })[];
}

export async function readAsked(
  api: CompanyActionArgs["api"],
  company: Company,
  which: "pending" | "decided",
  limit: number,
): Promise<Asked> {
  const query = which === "pending" ? { limit, status: "pending" as const } : { limit };
  const calls = await api.call("toolApprovals.list", { params: { cid: company.id }, query });
  // What a rule answered was nobody's decision.
  return { calls: which === "pending" ? calls : calls.filter(isDecision), confirmations: [] };
}

function isDecision({ status, ruleId }: ToolApproval): boolean {
  return status !== "pending" && status !== "cancelled" && ruleId === null;
}
