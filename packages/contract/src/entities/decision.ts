import * as z from "zod";
import { approvalTypes, decisionKinds, issueStatuses, memberRoles } from "../enums.ts";
import { id, instant } from "../primitives.ts";
import { approval } from "./governance.ts";

/** How a company decides approvals of one type. */
export const decisionPolicy = z
  .object({
    type: z.enum(approvalTypes),
    quorum: z.number().int().describe("Votes that it takes; with more than one the requester's own doesn't count"),
    minimumRole: z.enum(memberRoles).describe("Members of this role or above may vote"),
    graceSeconds: z.number().int().describe("How long an approval can be undone before it takes effect"),
    escalateAfterSec: z.number().int().nullable().describe("Unanswered so long, admins and owners are told again"),
    expiresAfterSec: z.number().int().nullable().describe("Unanswered so long, it is cancelled"),
    eligibleMembers: z.number().int().describe("Members who may vote now"),
    isDefault: z.boolean(),
  })
  .meta({ id: "DecisionPolicy" });

export const approvalVote = z
  .object({
    userId: z.string(),
    userName: z.string(),
    approves: z.boolean(),
    note: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: "ApprovalVote" });

/** An approval with all that a person needs to decide it. */
export const shownApproval = approval
  .extend({
    requesterName: z.string(),
    decidedByName: z.string().nullable(),
    votes: z.array(approvalVote).describe("Oldest first"),
    quorum: z.number().int(),
    minimumRole: z.enum(memberRoles),
    mayDecide: z.boolean().describe("Whether the caller may: it waits, and role and rules allow it"),
    graceSeconds: z.number().int(),
    escalatesAt: instant.nullable(),
    expiresAt: instant.nullable(),
    issues: z.array(z.object({ id, identifier: z.string(), title: z.string(), status: z.enum(issueStatuses) })),
  })
  .meta({ id: "ShownApproval" });

/** A payload that a resubmission replaced. */
export const approvalRevision = z
  .object({
    version: z.number().int(),
    payload: z.record(z.string(), z.unknown()),
    note: z.string().nullable().describe("What asked for the change"),
    replacedByName: z.string(),
    createdAt: instant.describe("When it was replaced"),
  })
  .meta({ id: "ApprovalRevision" });

/** What a receipt says, under its signature. */
export const receiptClaims = z
  .object({
    iss: z.literal("boardroom"),
    approvalId: id,
    companyId: id,
    type: z.enum(approvalTypes),
    payloadSha256: z.string().describe("Hex SHA-256 of the payload as canonical JSON (RFC 8785)"),
    payloadVersion: z.number().int(),
    selection: z.record(z.string(), z.unknown()).nullable(),
    decision: z.enum(["approved", "rejected", "cancelled"]),
    deciders: z.array(z.string()).describe("User ids of those whose votes made it"),
    votes: z.array(z.object({ userId: z.string(), approves: z.boolean() })),
    noteSha256: z.string().nullable(),
    decidedAt: instant,
  })
  .meta({ id: "ReceiptClaims" });

export const approvalReceipt = z
  .object({
    approvalId: id,
    jws: z.string().describe("Compact JWS, EdDSA; its key is at `GET /api/.well-known/jwks.json`"),
    claims: receiptClaims,
  })
  .meta({ id: "ApprovalReceipt" });

/** One thing that waits for a person of the board. */
export const pendingDecision = z
  .object({
    kind: z.enum(decisionKinds),
    id,
    title: z.string().describe("What is asked, after the name of who asks"),
    askedBy: z.string(),
    askedByAgentId: id.nullable(),
    issueId: id.nullable(),
    issueIdentifier: z.string().nullable(),
    assigneeUserId: z.string().nullable().describe("The one person it waits for, where it names one"),
    minimumRole: z.enum(memberRoles),
    isUrgent: z.boolean(),
    since: instant,
    until: instant.nullable().describe("What happens by itself then: it expires"),
    snoozedUntil: instant.nullable().describe("Put off by who asks"),
  })
  .meta({ id: "PendingDecision" });

const clock = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, "is not a time like 22:00");

export const notificationPreferences = z
  .object({
    emailKinds: z.array(z.enum(decisionKinds)),
    pushKinds: z.array(z.enum(decisionKinds)),
    quietFrom: clock.nullable(),
    quietTo: clock.nullable(),
    timeZone: z.string(),
    urgentBreaksQuiet: z.boolean().describe("What is urgent comes in quiet hours, too"),
    pushKey: z.string().nullable().describe("The server's public key (VAPID), which a browser subscribes with"),
  })
  .meta({ id: "NotificationPreferences" });

export const notificationPreferenceFields = {
  emailKinds: z.array(z.enum(decisionKinds)).max(decisionKinds.length),
  pushKinds: z.array(z.enum(decisionKinds)).max(decisionKinds.length),
  quietFrom: clock.nullable(),
  quietTo: clock.nullable(),
  timeZone: z.string().min(1).max(64),
  urgentBreaksQuiet: z.boolean(),
};

/** A browser that takes pushes for a member. */
export const pushSubscription = z
  .object({ id, label: z.string(), lastReachedAt: instant.nullable(), createdAt: instant })
  .meta({ id: "PushSubscription" });

export type DecisionPolicy = z.infer<typeof decisionPolicy>;
export type ApprovalVote = z.infer<typeof approvalVote>;
export type ShownApproval = z.infer<typeof shownApproval>;
export type ApprovalRevision = z.infer<typeof approvalRevision>;
export type ReceiptClaims = z.infer<typeof receiptClaims>;
export type ApprovalReceipt = z.infer<typeof approvalReceipt>;
export type PendingDecision = z.infer<typeof pendingDecision>;
export type NotificationPreferences = z.infer<typeof notificationPreferences>;
export type PushSubscription = z.infer<typeof pushSubscription>;
