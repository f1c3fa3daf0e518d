import * as z from "zod";
import { documentListItem } from "../entities/document.ts";
import { activity } from "../entities/governance.ts";
import { interaction } from "../entities/interaction.ts";
import { comment, issue } from "../entities/issue.ts";
import { criterion, holdAbove, reviewStage } from "../entities/issue-flow.ts";
import { costSummary } from "../entities/money.ts";
import { run, runListItem } from "../entities/run.ts";
import { milestone } from "../entities/work.ts";
import { operation } from "../operation.ts";
import { id, idempotencyKey, instant, issueParams, issueRef, pageQuery, text } from "../primitives.ts";

const tag = "Issues";
const everyone = ["user", "agent", "run"] as const;
const ofIssue = { locate: { by: "issue", param: "id" }, params: issueParams, tag, callers: everyone } as const;
const body = text(100_000).min(1);

/** What stands on an issue and around it: its comments, its story, its runs, its costs. */
export const issueStoryOperations = {
  "issues.comments": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/comments",
    summary: "The comments of an issue, newest first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(comment),
    status: 200,
    paged: true,
  }),
  "issues.comment": operation({
    ...ofIssue,
    role: "operator",
    method: "POST",
    path: "/issues/:id/comments",
    summary: "Comment on an issue: wakes its assignee and the agents that it @mentions",
    effect: "write",
    body: z.strictObject({ body, idempotencyKey }),
    output: comment,
    status: 201,
    creates: true,
  }),
  "issues.getComment": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/comments/:commentId",
    summary: "One comment",
    effect: "read",
    params: z.object({ id: issueRef, commentId: id }),
    output: comment,
    status: 200,
  }),
  "issues.deleteComment": operation({
    ...ofIssue,
    role: "operator",
    agents: "concerned",
    method: "DELETE",
    path: "/issues/:id/comments/:commentId",
    summary: "Delete a comment of one's own",
    effect: "destroy",
    params: z.object({ id: issueRef, commentId: id }),
    output: null,
    status: 204,
    errors: ["forbidden"],
  }),
  "issues.markRead": operation({
    ...ofIssue,
    callers: ["user"],
    method: "POST",
    path: "/issues/:id/read",
    summary: "Say that one has read an issue up to now; for oneself alone",
    effect: "write",
    output: z.object({ issueId: id, readAt: instant.nullable() }).meta({ id: "IssueRead" }),
    status: 200,
  }),
  "issues.markUnread": operation({
    ...ofIssue,
    callers: ["user"],
    method: "DELETE",
    path: "/issues/:id/read",
    summary: "Let an issue count as unread, until one reads it; for oneself alone",
    effect: "write",
    output: null,
    status: 204,
  }),
  "issues.activity": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/activity",
    summary: "What happened to an issue, newest first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(activity),
    status: 200,
    paged: true,
  }),
  "issues.runs": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/runs",
    summary: "The runs that were woken for an issue or held it",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(runListItem),
    status: 200,
    paged: true,
  }),
  "issues.activeRun": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/active-run",
    summary: "The run that holds the issue now, or null",
    effect: "read",
    output: run.nullable(),
    status: 200,
  }),
  "issues.costSummary": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/cost-summary",
    summary: "What an issue and everything below it cost",
    effect: "read",
    output: costSummary
      .omit({ budgetCents: true, utilizationPercent: true })
      .extend({
        issueId: id,
        issueCount: z.number().int(),
        inputTokens: z.number().int(),
        outputTokens: z.number().int(),
      })
      .meta({ id: "IssueCostSummary" }),
    status: 200,
  }),
  "issues.heartbeatContext": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/heartbeat-context",
    summary: "What an agent needs to start: the issue and all that stands around it, in one read",
    effect: "read",
    query: z.object({ sinceCommentId: id.optional().describe("Only comments after this one") }),
    output: z
      .object({
        issue,
        ancestors: z.array(z.object({ id, identifier: z.string(), title: z.string() })),
        goal: z.object({ id, title: z.string(), description: z.string().nullable() }).nullable(),
        project: z.object({ id, name: z.string(), description: z.string().nullable() }).nullable(),
        milestone: milestone.pick({ id: true, name: true, description: true, targetDate: true }).nullable(),
        comments: z.array(comment).describe("The latest 20, oldest first"),
        interactions: z
          .array(interaction)
          .describe("What was asked of the board on it: what waits, and the latest ten answers"),
        reviews: z.array(reviewStage),
        criteria: z.array(criterion).describe("Its definition of done"),
        documents: z
          .array(documentListItem.pick({ key: true, title: true, latestRevisionId: true, latestRevisionNumber: true }))
          .describe("Without their texts"),
        holds: z.array(holdAbove).describe("Of it and what stands above it: nothing starts below them"),
      })
      .meta({ id: "HeartbeatContext" }),
    status: 200,
  }),
} as const;
