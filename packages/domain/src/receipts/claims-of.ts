import type { ReceiptClaims, ShownApproval } from "@boardroom/contract";
import { canonicalJson, sha256Hex } from "./canonical-json.ts";

/** What the receipt of a final decision says; null while it isn't final: pending, sent back, or within its grace window. */
export async function claimsOf(approval: ShownApproval): Promise<ReceiptClaims | null> {
  const { status, decidedAt, decisionNote } = approval;
  if (decidedAt === null || status === "pending" || status === "revision_requested") return null;
  if (status === "approved" && approval.effectedAt === null) return null;
  const votes = approval.votes.map(({ userId, approves }) => ({ userId, approves }));
  votes.sort((a, b) => (a.userId < b.userId ? -1 : 1));
  const made = votes.filter(({ approves }) => approves === (status === "approved")).map(({ userId }) => userId);
  return {
    iss: "boardroom",
    approvalId: approval.id,
    companyId: approval.companyId,
    type: approval.type,
    payloadSha256: await sha256Hex(canonicalJson(approval.payload)),
    payloadVersion: approval.payloadVersion,
    selection: approval.selection,
    decision: status,
    deciders: status === "cancelled" ? (approval.decidedByUserId === null ? [] : [approval.decidedByUserId]) : made,
    votes,
    noteSha256: decisionNote === null ? null : await sha256Hex(decisionNote),
    decidedAt,
  };
}
