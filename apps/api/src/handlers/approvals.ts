import {
  addApprovalComment,
  approveApproval,
  createApproval,
  getApproval,
  listApprovalComments,
  listApprovals,
  rejectApproval,
  requestRevision,
  resubmitApproval,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const approvalHandlers: HandlersOf<"approvals"> = {
  "approvals.list": listApprovals,
  "approvals.create": createApproval,
  "approvals.get": getApproval,
  "approvals.approve": approveApproval,
  "approvals.reject": rejectApproval,
  "approvals.requestRevision": requestRevision,
  "approvals.resubmit": resubmitApproval,
  "approvals.comments": listApprovalComments,
  "approvals.comment": addApprovalComment,
};
