import type { Company, InteractionListItem, ReviewListItem, ToolApproval } from "@boardroom/contract";
import type { CompanyActionArgs } from "./board.ts";

/** What somebody asked in the middle of their work. */
export interface Answers {
  calls: ToolApproval[];
  questions: InteractionListItem[];
}

/** What waits for an answer in the middle of somebody's work, or was answered. */
export interface Asked extends Answers {
  /** Stages that wait for a person; decided ones stand on their issues. */
  reviews: ReviewListItem[];
}

export async function readAsked(
  api: CompanyActionArgs["api"],
  company: Company,
  which: "pending" | "decided",
  limit: number,
): Promise<Asked> {
  const params = { cid: company.id };
  const query = which === "pending" ? { limit, status: "pending" as const } : { limit };
  const [calls, questions, reviews] = await Promise.all([
    api.call("toolApprovals.list", { params, query }),
    api.call("interactions.inCompany", { params, query }),
    which === "pending" ? readReviews(api, company) : [],
  ]);
  if (which === "pending") return { calls, questions, reviews };
  return {
    calls: calls.filter(isDecision),
    questions: questions.filter(({ status }) => status !== "pending"),
    reviews,
  };
}

/** The stages that wait for a person, not for an agent. */
async function readReviews(api: CompanyActionArgs["api"], company: Company): Promise<ReviewListItem[]> {
  const reviews = await api.call("reviews.inCompany", { params: { cid: company.id }, query: { limit: 50 } });
  return reviews.filter(({ reviewerUserId }) => reviewerUserId !== null);
}

/** What a rule answered, or what came to nothing with its run, was nobody's decision. */
function isDecision({ status, ruleId }: ToolApproval): boolean {
  return status !== "pending" && status !== "cancelled" && ruleId === null;
}
