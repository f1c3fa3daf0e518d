import * as z from "zod";
import { approval, approvalComment, decidedApproval } from "../entities/governance.ts";
import { approvalStatuses, approvalTypes } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, idempotencyKey, idParams, metadata, pageQuery, text } from "../primitives.ts";

const tag = "Approvals";
const everyone = ["user", "agent", "run"] as const;
const ofApproval = { locate: { by: "approval", param: "id" }, params: idParams, tag } as const;
const decisionFields = {
  decisionNote: text(4000).nullable().optional(),
  payloadVersion: z.number().int().optional().describe("The version that was read; 409 when there is a newer one"),
};
const decision = z.strictObject(decisionFields);
const deciding = ["stale_state", "forbidden"] as const;

export const approvalOperations = {
  "approvals.list": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: everyone,
    method: "GET",
    path: "/companies/:cid/approvals",
    summary: "Decisions of the board, newest first",
    effect: "read",
    query: z.object({
      ...pageQuery,
      status: z.enum(approvalStatuses).optional(),
      type: z.enum(approvalTypes).optional(),
    }),
    output: z.array(approval),
    status: 200,
    paged: true,
  }),
  "approvals.create": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: everyone,
    role: "operator",
    method: "POST",
    path: "/companies/:cid/approvals",
    summary: "Ask the board for a decision",
    effect: "write",
    body: z.strictObject({
      type: z.enum(["approve_ceo_strategy", "request_board_approval"]),
      payload: metadata,
      idempotencyKey,
    }),
    output: approval,
    status: 201,
    creates: true,
  }),
  "approvals.get": operation({
    ...ofApproval,
    callers: everyone,
    method: "GET",
    path: "/approvals/:id",
    summary: "One decision",
    effect: "read",
    output: approval,
    status: 200,
  }),
  "approvals.approve": operation({
    ...ofApproval,
    callers: ["user"],
    role: "operator",
    method: "POST",
    path: "/approvals/:id/approve",
    summary:
      "Vote for it; with the last vote needed the change happens in the same transaction and the requester wakes",
    effect: "write",
    body: z.strictObject({
      ...decisionFields,
      selection: metadata
        .nullable()
        .optional()
        .describe("Of a plan, `{agents: [key], issues: [key]}`; all when left out"),
    }),
    output: decidedApproval,
    status: 200,
    errors: [...deciding, "already_exists", "unsafe_url", "invalid_reference", "unusable_reference"],
  }),
  "approvals.reject": operation({
    ...ofApproval,
    callers: ["user"],
    role: "operator",
    method: "POST",
    path: "/approvals/:id/reject",
    summary: "Vote against it; once rejected, the requester wakes with the note",
    effect: "write",
    body: decision,
    output: approval,
    status: 200,
    errors: deciding,
  }),
  "approvals.requestRevision": operation({
    ...ofApproval,
    callers: ["user"],
    role: "operator",
    method: "POST",
    path: "/approvals/:id/request-revision",
    summary: "Send it back with a note",
    effect: "write",
    body: decision,
    output: approval,
    status: 200,
    errors: deciding,
  }),
  "approvals.resubmit": operation({
    ...ofApproval,
    callers: everyone,
    role: "operator",
    method: "POST",
    path: "/approvals/:id/resubmit",
    summary: "Submit a revised proposal",
    effect: "write",
    body: z.strictObject({ payload: metadata.optional() }),
    output: approval,
    status: 200,
    errors: ["stale_state", "forbidden"],
  }),
  "approvals.comments": operation({
    ...ofApproval,
    callers: everyone,
    method: "GET",
    path: "/approvals/:id/comments",
    summary: "The comments on a decision, newest first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(approvalComment),
    status: 200,
    paged: true,
  }),
  "approvals.comment": operation({
    ...ofApproval,
    callers: everyone,
    role: "operator",
    method: "POST",
    path: "/approvals/:id/comments",
    summary: "Comment on a decision",
    effect: "write",
    body: z.strictObject({ body: text(100_000).min(1), idempotencyKey }),
    output: approvalComment,
    status: 201,
    creates: true,
  }),
} as const;
