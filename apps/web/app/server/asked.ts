import type { Company, InteractionListItem, ToolApproval } from "@boardroom/contract";
import type { CompanyActionArgs } from "./board.ts";

/** What waits for an answer in the middle of somebody's work, or was answered. */
export interface Asked {
  calls: ToolApproval[];
  confirmations: InteractionListItem[];
}

export async function readAsked(
  api: CompanyActionArgs["api"],
  company: Company,
  which: "pending" | "decided",
  limit: number,
): Promise<Asked> {
  const params = { cid: company.id };
  const query = which === "pending" ? { limit, status: "pending" as const } : { limit };
  const [calls, asked] = await Promise.all([
    api.call("toolApprovals.list", { params, query }),
    api.call("interactions.inCompany", { params, query }),
  ]);
  const confirmations = asked.filter(({ kind }) => kind === "request_confirmation");
  if (which === "pending") return { calls, confirmations };
  return { calls: calls.filter(isDecision), confirmations: confirmations.filter(({ status }) => status !== "pending") };
}

/** What a rule answered, or what came to nothing with its run, was nobody's decision. */
function isDecision({ status, ruleId }: ToolApproval): boolean {
  return status !== "pending" && status !== "cancelled" && ruleId === null;
}
