import type { ApprovalComment, ApprovalReceipt, ApprovalRevision, ShownApproval } from "@boardroom/contract";
import type { CompanyActionArgs } from "./board.ts";

export interface ApprovalPage {
  approval: ShownApproval;
  revisions: ApprovalRevision[];
  comments: ApprovalComment[];
  /** Null until it is decided for good. */
  receipt: ApprovalReceipt | null;
}

/** One approval with its history. */
export async function readApprovalPage(api: CompanyActionArgs["api"], id: string): Promise<ApprovalPage> {
  const params = { id };
  const [approval, revisions, comments] = await Promise.all([
    api.call("approvals.get", { params }),
    api.call("approvals.revisions", { params, query: { limit: 20 } }),
    api.call("approvals.comments", { params, query: { limit: 50 } }),
  ]);
  const { status, effectedAt } = approval;
  const isFinal = status === "rejected" || status === "cancelled" || (status === "approved" && effectedAt !== null);
  return {
    approval,
    revisions,
    comments: comments.reverse(),
    receipt: isFinal ? await api.call("approvals.receipt", { params }) : null,
  };
}
