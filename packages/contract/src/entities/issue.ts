import * as z from "zod";
import { issuePriorities, issueStatuses } from "../enums.ts";
import { cents, id, instant } from "../primitives.ts";
import { criterion, holdAbove, reviewStage } from "./issue-flow.ts";
import { label } from "./work.ts";
import { executionWorkspaceSettings } from "./workspace.ts";

/** Who works on an issue right now; present only while that run's lease is valid. */
export const issueHolder = z
  .object({ runId: id, agentId: id, agentName: z.string(), since: instant, leaseExpiresAt: instant, costCents: cents })
  .meta({ id: "IssueHolder" });

/** Another issue, as much of it as a list of links shows. */
export const issueLink = z
  .object({ id, identifier: z.string(), title: z.string(), status: z.enum(issueStatuses) })
  .meta({ id: "IssueLink" });

export const issue = z
  .object({
    id,
    companyId: id,
    identifier: z.string(),
    issueNumber: z.number().int(),
    projectId: id.nullable(),
    milestoneId: id.nullable().describe("One of its project's"),
    goalId: id.nullable().describe("What it is for; null only where the company had no open goal to give it"),
    parentId: id.nullable(),
    title: z.string(),
    description: z.string().nullable(),
    status: z.enum(issueStatuses),
    priority: z.enum(issuePriorities),
    assigneeAgentId: id.nullable(),
    assigneeUserId: z.string().nullable(),
    checkoutRunId: id.nullable(),
    executionRunId: id.nullable(),
    executionLockedAt: instant.nullable(),
    createdByAgentId: id.nullable(),
    createdByUserId: z.string().nullable(),
    originKind: z.string().nullable(),
    originId: z.string().nullable(),
    originRunId: id.nullable(),
    originFingerprint: z.string().nullable(),
    requestDepth: z.number().int(),
    billingCode: z.string().nullable(),
    executionWorkspaceSettings: executionWorkspaceSettings.nullable(),
    blockedOwnerAgentId: id.nullable().describe("Of a blocked issue: the agent that acts"),
    blockedOwnerUserId: z.string().nullable().describe("Of a blocked issue: the person who acts"),
    blockedAction: z.string().nullable().describe("Of a blocked issue: what they have to do"),
    labelIds: z.array(id),
    blockedBy: z.array(issueLink).describe("What has to be done before it; only `done` resolves a blocker"),
    blocks: z.array(issueLink).describe("What waits for it, at most 100"),
    startedAt: instant.nullable(),
    completedAt: instant.nullable(),
    cancelledAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Issue" });

/** An issue in a list, with what it is to the one who looks. */
export const issueListItem = issue
  .extend({
    isUnread: z
      .boolean()
      .describe("Of a person: somebody else commented on it, made it or ended it since they last read it"),
  })
  .meta({ id: "IssueListItem" });

/** What an issue's work leads to, beside the issues that it stands below. */
export const issueTrace = z
  .object({
    goals: z.array(z.object({ id, title: z.string() })).describe("Its goal and those above it, the highest first"),
    project: z.object({ id, name: z.string() }).nullable(),
    milestone: z.object({ id, name: z.string() }).nullable(),
  })
  .meta({ id: "IssueTrace" });

/** One issue as its own page shows it: with its holder, its parent line and its sub-issues. */
export const issueDetail = issue
  .extend({
    holder: issueHolder.nullable(),
    ancestors: z.array(z.object({ id, identifier: z.string(), title: z.string() })),
    trace: issueTrace,
    children: z.array(issueLink),
    labels: z.array(label),
    holds: z.array(holdAbove).describe("Of it and what stands above it; the nearest first"),
    reviews: z.array(reviewStage),
    criteria: z.array(criterion),
    costCents: cents.describe("Spent on this issue itself"),
    lastReadAt: instant.nullable().describe("When the person who asks last said that they have read it"),
  })
  .meta({ id: "IssueDetail" });

export const comment = z
  .object({
    id,
    companyId: id,
    issueId: id,
    body: z.string(),
    authorAgentId: id.nullable(),
    authorUserId: z.string().nullable(),
    authorName: z.string(),
    runId: id.nullable(),
    createdAt: instant,
  })
  .meta({ id: "Comment" });

/** The issues of one state, as a board shows them in a column. */
export const issueColumn = z
  .object({
    status: z.enum(issueStatuses),
    count: z.number().int().describe("Of all of them; not counted beyond 1,000"),
    issues: z.array(issueListItem).describe("The first of them; `issues.list` has the rest"),
  })
  .meta({ id: "IssueColumn" });

/** Why a checkout was refused. */
export const checkoutConflict = z
  .object({
    issueId: id,
    status: z.enum(issueStatuses),
    assigneeAgentId: id.nullable(),
    checkoutRunId: id.nullable(),
    executionRunId: id.nullable(),
    holder: z.object({ agentName: z.string(), since: instant, leaseExpiresAt: instant }).nullable(),
    reason: z.enum(["held", "assigned_to_other", "status"]),
    retryAfterMs: z.number().int().nullable(),
  })
  .meta({ id: "CheckoutConflict" });

/** Why an issue can't be started: the blockers that are not done. */
export const issueBlocked = z
  .object({ issueId: id, unresolvedBlockerIssueIds: z.array(id), unresolvedBlockers: z.array(issueLink) })
  .meta({ id: "IssueBlocked" });

/** An issue as an agent's inbox lists it: what is needed to choose, nothing more. */
export const inboxItem = z
  .object({
    id,
    identifier: z.string(),
    title: z.string(),
    status: z.enum(issueStatuses),
    priority: z.enum(issuePriorities),
    projectId: id.nullable(),
    goalId: id.nullable(),
    parentId: id.nullable(),
    updatedAt: instant,
    activeRun: z.object({ id, agentId: id, status: z.string() }).nullable(),
    reason: z
      .enum(["assigned", "review", "unblock"])
      .describe("Why it is in the inbox: one's own work, a review that waits for one, blocked work that waits for one"),
    onHold: z.boolean().describe("Whether the board paused it, or one above it"),
    pendingInteractions: z.number().int().describe("Questions of it that wait for the board"),
    blockedAction: z.string().nullable(),
    blockedBy: z.array(issueLink),
    dependencyReady: z.boolean().describe("Whether every blocker is done"),
    unresolvedBlockerCount: z.number().int(),
    unresolvedBlockerIssueIds: z.array(id),
  })
  .meta({ id: "InboxItem" });

export type Issue = z.infer<typeof issue>;
export type IssueColumn = z.infer<typeof issueColumn>;
export type IssueListItem = z.infer<typeof issueListItem>;
export type IssueLink = z.infer<typeof issueLink>;
export type IssueBlocked = z.infer<typeof issueBlocked>;
export type IssueDetail = z.infer<typeof issueDetail>;
export type IssueTrace = z.infer<typeof issueTrace>;
export type IssueHolder = z.infer<typeof issueHolder>;
export type Comment = z.infer<typeof comment>;
export type CheckoutConflict = z.infer<typeof checkoutConflict>;
export type InboxItem = z.infer<typeof inboxItem>;
