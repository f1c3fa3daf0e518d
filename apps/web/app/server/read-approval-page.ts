import type { ApprovalComment, ApprovalReceipt, ApprovalRevision, Company, ShownApproval } from "@boardroom/contract";
import type { CompanyActionArgs } from "./board.ts";
import { withHtml } from "./markdown.ts";

/** A comment with its text as the page shows it. */
export type ShownApprovalComment = Omit<ApprovalComment, "body"> & { html: string };

export interface ApprovalPage {
  approval: ShownApproval;
  revisions: ApprovalRevision[];
  comments: ShownApprovalComment[];
  /** Null until it is decided for good. */
  receipt: ApprovalReceipt | null;
}

/** One approval with its history. */
export async function readApprovalPage(
  api: CompanyActionArgs["api"],
  company: Pick<Company, "issuePrefix">,
  id: string,
): Promise<ApprovalPage> {
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
    comments: comments.reverse().map((comment) => withHtml(comment, company)),
    receipt: isFinal ? await api.call("approvals.receipt", { params }) : null,
  };
}
