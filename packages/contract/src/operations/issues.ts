import * as z from "zod";
import { issue, issueColumn, issueDetail, issueListItem } from "../entities/issue.ts";
import { executionWorkspaceSettings } from "../entities/workspace.ts";
import { issueOrders, issuePriorities, issueStatuses } from "../enums.ts";
import { errorCodes } from "../errors.ts";
import { operation } from "../operation.ts";
import { companyParams, id, idempotencyKey, issueParams, name, pageQuery, text } from "../primitives.ts";

const tag = "Issues";
const everyone = ["user", "agent", "run"] as const;
const ofIssue = { locate: { by: "issue", param: "id" }, params: issueParams, tag, callers: everyone } as const;
const statusList = z
  .string()
  .transform((value) => value.split(","))
  .pipe(z.array(z.enum(issueStatuses)).max(7));

/** What a list of issues is narrowed to. */
const filters = {
  assigneeAgentId: id.optional(),
  projectId: id.optional(),
  milestoneId: id.optional(),
  goalId: z
    .union([id, z.literal("none")])
    .optional()
    .describe("A goal, or `none` for issues without one"),
  parentId: id.optional(),
  labelId: id.optional(),
  q: text(200).optional().describe("Words of title or description, or an identifier; at most 300 issues are found"),
  updatedSince: z.iso.datetime().optional(),
  sort: z.enum(issueOrders).optional().describe("Newest first when left out; a cursor is for the order it was made in"),
};

const draftFields = {
  description: text(100_000).nullable().optional(),
  status: z.enum(issueStatuses).optional(),
  priority: z.enum(issuePriorities).optional(),
  projectId: id.nullable().optional(),
  milestoneId: id
    .nullable()
    .optional()
    .describe("One of its project's; cleared when the project changes and none is given"),
  goalId: id
    .nullable()
    .optional()
    .describe(
      "Null, or left out of a new one, takes its parent's, its project's first, or the company's own: no work is without while there is an open goal",
    ),
  assigneeAgentId: id.nullable().optional(),
  assigneeUserId: text(100).nullable().optional(),
  billingCode: text(100).nullable().optional(),
  labelIds: z.array(id).max(30).optional(),
  executionWorkspaceSettings: executionWorkspaceSettings
    .nullable()
    .optional()
    .describe("Where its runs work, when it shall not be what the project says"),
  blocked: z
    .strictObject({
      ownerAgentId: id.nullable().optional(),
      ownerUserId: text(100).nullable().optional(),
      action: text(1000).trim().min(1).describe("What they have to do, so that the work can go on"),
    })
    .refine((block) => Boolean(block.ownerAgentId) !== Boolean(block.ownerUserId), "names one agent or one person")
    .optional()
    .describe("Who acts on a blocked issue, and how; needed where no open blocker says what it waits for"),
  blockedByIssueIds: z.array(id).max(50).optional().describe("All that has to be done first; replaces the list"),
};
const body = text(100_000).min(1);

export const issueOperations = {
  "issues.list": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: everyone,
    method: "GET",
    path: "/companies/:cid/issues",
    summary: "The issues of a company, newest first unless asked otherwise",
    effect: "read",
    query: z.object({
      ...pageQuery,
      status: statusList.optional().describe("One status, or several with commas"),
      ...filters,
    }),
    output: z.array(issueListItem),
    status: 200,
    paged: true,
  }),
  "issues.board": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: everyone,
    method: "GET",
    path: "/companies/:cid/issues/board",
    summary: "The issues of a company by state: how many, and the first of each; states without any are left out",
    effect: "read",
    query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(20), ...filters }),
    output: z.array(issueColumn),
    status: 200,
  }),
  "issues.create": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: everyone,
    role: "operator",
    method: "POST",
    path: "/companies/:cid/issues",
    summary:
      "Create an issue; assigning it wakes the assignee. Without a goal it gets its parent's, its project's or the company's",
    effect: "write",
    body: z.strictObject({ title: name(500), ...draftFields, parentId: id.nullable().optional(), idempotencyKey }),
    output: issue,
    status: 201,
    creates: true,
    errors: ["invalid_reference", "unusable_reference"],
  }),
  "issues.get": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id",
    summary: "One issue with its holder, parents and children",
    effect: "read",
    output: issueDetail,
    status: 200,
  }),
  "issues.update": operation({
    ...ofIssue,
    role: "operator",
    agents: "concerned_or_above",
    method: "PATCH",
    path: "/issues/:id",
    summary:
      "Change an issue; a comment may come along. One that loses its goal gets its parent's, its project's or the company's",
    effect: "write",
    body: z.strictObject({
      title: name(500).optional(),
      ...draftFields,
      parentId: id.nullable().optional(),
      comment: body.optional(),
      overrideNote: text(1000)
        .trim()
        .min(1)
        .optional()
        .describe("By a person: done although criteria lack evidence, and why"),
    }),
    output: issue,
    status: 200,
    errors: [
      "invalid_transition",
      "invalid_reference",
      "unusable_reference",
      "blocked_by_issues",
      "on_hold",
      "blocked_without_owner",
      "review_open",
      "evidence_missing",
      "forbidden",
      "conflict",
    ],
  }),
  "issues.bulk": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: ["user"],
    role: "operator",
    method: "POST",
    path: "/companies/:cid/issues/bulk",
    summary: "Change up to 200 issues alike; each by the same rules as alone, what one refuses doesn't keep the others",
    effect: "write",
    body: z.strictObject({
      ids: z.array(id).min(1).max(200),
      set: z
        .strictObject({
          status: z.enum(issueStatuses).optional(),
          priority: z.enum(issuePriorities).optional(),
          projectId: id.nullable().optional(),
          milestoneId: id.nullable().optional(),
          assigneeAgentId: id.nullable().optional(),
          assigneeUserId: text(100).nullable().optional(),
          addLabelIds: z.array(id).max(30).optional(),
          removeLabelIds: z.array(id).max(30).optional(),
        })
        .refine((set) => Object.keys(set).length > 0, "names at least one change"),
    }),
    output: z.array(
      z
        .object({
          id,
          changed: z.boolean(),
          error: z.object({ code: z.enum(errorCodes), message: z.string() }).nullable(),
        })
        .meta({ id: "BulkResult" }),
    ),
    status: 200,
    errors: ["invalid_reference"],
  }),
  "issues.escalate": operation({
    ...ofIssue,
    role: "operator",
    agents: "concerned_or_above",
    method: "POST",
    path: "/issues/:id/escalate",
    summary: "Hand an issue that can't go on up the chain of command: to the next manager, in the end to the board",
    effect: "write",
    body: z.strictObject({ reason: text(1000).trim().min(1) }),
    output: issue,
    status: 200,
    errors: ["forbidden", "invalid_transition"],
  }),
  "issues.delete": operation({
    ...ofIssue,
    callers: ["user"],
    role: "admin",
    method: "DELETE",
    path: "/issues/:id",
    summary: "Delete an issue that has no children and no cost",
    effect: "destroy",
    output: null,
    status: 204,
    errors: ["conflict"],
  }),
  "issues.checkout": operation({
    ...ofIssue,
    agents: "concerned",
    method: "POST",
    path: "/issues/:id/checkout",
    summary: "Take an issue to work on it: one winner, the rest get 409 with the holder; 422 while it is blocked",
    role: "operator",
    effect: "write",
    body: z.strictObject({
      agentId: id,
      expectedStatuses: z
        .array(z.enum(issueStatuses))
        .min(1)
        .max(7)
        .default(["todo", "backlog", "blocked", "in_review"]),
    }),
    output: issue,
    status: 200,
    errors: [
      "checkout_conflict",
      "blocked_by_issues",
      "on_hold",
      "budget_exhausted",
      "agent_not_invokable",
      "lease_lost",
    ],
  }),
  "issues.release": operation({
    ...ofIssue,
    method: "POST",
    path: "/issues/:id/release",
    agents: "concerned",
    summary: "Put an issue back to todo without an owner's lock",
    role: "operator",
    effect: "write",
    output: issue,
    status: 200,
    errors: ["conflict", "forbidden", "lease_lost"],
  }),
  "issues.forceRelease": operation({
    ...ofIssue,
    callers: ["user"],
    method: "POST",
    path: "/issues/:id/admin/force-release",
    summary: "Take an issue from whoever holds it",
    role: "admin",
    effect: "write",
    output: issue,
    status: 200,
  }),
  "issues.createChild": operation({
    ...ofIssue,
    role: "operator",
    method: "POST",
    path: "/issues/:id/children",
    summary: "Create a sub-issue; project, milestone, goal and billing code are inherited",
    effect: "write",
    body: z.strictObject({ title: name(500), ...draftFields, idempotencyKey }),
    output: issue,
    status: 201,
    creates: true,
    errors: ["invalid_reference", "unusable_reference"],
  }),
} as const;
