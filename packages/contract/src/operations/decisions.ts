import * as z from "zod";
import {
  decisionPolicy,
  notificationPreferenceFields,
  notificationPreferences,
  pendingDecision,
  pushSubscription,
} from "../entities/decision.ts";
import { approvalTypes, decisionKinds } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, id, instant, name, text } from "../primitives.ts";

const tag = "Decisions";
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams, tag, callers: ["user"] } as const;

export const decisionOperations = {
  "decisions.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/decisions",
    summary:
      "All that waits for a person: approvals, questions, tool calls, budget incidents, blocked issues; urgent first, then oldest",
    effect: "read",
    query: z.object({
      snoozed: z.stringbool().default(false).describe("Also what the caller has put off"),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    output: z.array(pendingDecision),
    status: 200,
  }),
  "decisions.snooze": operation({
    ...inCompany,
    params: companyParams.extend({ kind: z.enum(decisionKinds), did: id }),
    method: "PUT",
    path: "/companies/:cid/decisions/:kind/:did/snooze",
    summary: "Put a decision off for oneself; null brings it back",
    role: "viewer",
    effect: "write",
    body: z.strictObject({ until: instant.nullable() }),
    output: z.object({ snoozedUntil: instant.nullable() }),
    status: 200,
  }),
  "decisionPolicies.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/decision-policies",
    summary: "Who decides approvals of each type, and how",
    effect: "read",
    output: z.array(decisionPolicy),
    status: 200,
  }),
  "decisionPolicies.set": operation({
    ...inCompany,
    params: companyParams.extend({ type: z.enum(approvalTypes) }),
    method: "PUT",
    path: "/companies/:cid/decision-policies/:type",
    summary: "Say who decides approvals of a type, and how; it holds for those that wait, too",
    role: "owner",
    effect: "write",
    body: z.strictObject({
      quorum: z.number().int().min(1).max(20),
      minimumRole: z.enum(["operator", "admin", "owner"]),
      graceSeconds: z.number().int().min(0).max(3600),
      escalateAfterSec: z.number().int().min(60).max(2_592_000).nullable(),
      expiresAfterSec: z.number().int().min(60).max(31_536_000).nullable(),
    }),
    output: decisionPolicy,
    status: 200,
  }),
  "notifications.preferences": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/notification-preferences",
    summary: "Over which channels the caller hears of what",
    effect: "read",
    output: notificationPreferences,
    status: 200,
  }),
  "notifications.prefer": operation({
    ...inCompany,
    method: "PUT",
    path: "/companies/:cid/notification-preferences",
    summary: "Choose over which channels one hears of what, and when not",
    role: "viewer",
    effect: "write",
    body: z.strictObject(notificationPreferenceFields),
    output: notificationPreferences,
    status: 200,
    errors: ["invalid_request"],
  }),
  "pushSubscriptions.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/push-subscriptions",
    summary: "The caller's browsers that take pushes; at most ten",
    effect: "read",
    output: z.array(pushSubscription),
    status: 200,
  }),
  "pushSubscriptions.create": operation({
    ...inCompany,
    method: "POST",
    path: "/companies/:cid/push-subscriptions",
    summary: "Let a browser take pushes; the same browser again replaces itself, of more than ten the oldest goes",
    role: "viewer",
    effect: "write",
    body: z.strictObject({
      endpoint: z.url().max(2000),
      p256dh: text(200).regex(/^[\w-]{87}=?$/, "is not a P-256 key in base64url"),
      auth: text(100).regex(/^[\w-]{22}={0,2}$/, "is not 16 bytes in base64url"),
      label: name(120),
    }),
    output: pushSubscription,
    status: 201,
    creates: true,
    errors: ["unsafe_url"],
  }),
  "pushSubscriptions.delete": operation({
    ...inCompany,
    params: companyParams.extend({ sid: id }),
    method: "DELETE",
    path: "/companies/:cid/push-subscriptions/:sid",
    summary: "Send one's browser no more pushes",
    role: "viewer",
    effect: "destroy",
    output: null,
    status: 204,
  }),
} as const;
