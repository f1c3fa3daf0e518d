import * as z from "zod";
import { criterion, reviewListItem, reviewStage } from "../entities/issue-flow.ts";
import { evidenceKinds, reviewStageKinds } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, id, issueParams, issueRef, pageQuery, text } from "../primitives.ts";

const tag = "Reviews";
const everyone = ["user", "agent", "run"] as const;
const ofIssue = { locate: { by: "issue", param: "id" }, params: issueParams, tag, callers: everyone } as const;
const note = text(4000).nullable().optional();
const stageDraft = z
  .strictObject({
    kind: z.enum(reviewStageKinds),
    reviewerAgentId: id.nullable().optional(),
    reviewerUserId: text(100).nullable().optional(),
  })
  .refine((stage) => Boolean(stage.reviewerAgentId) !== Boolean(stage.reviewerUserId), "names one agent or one person");
const decision = {
  ...ofIssue,
  agents: "concerned",
  role: "operator",
  method: "POST",
  effect: "write",
  params: z.object({ id: issueRef, rid: id }),
  output: reviewStage,
  status: 200,
  errors: ["stale_state", "forbidden"],
} as const;
const ofCriterion = {
  ...ofIssue,
  role: "operator",
  params: z.object({ id: issueRef, kid: id }),
  output: criterion,
} as const;

export const reviewOperations = {
  "reviews.inCompany": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: everyone,
    agents: "any",
    method: "GET",
    path: "/companies/:cid/reviews",
    summary: "The stages at which reviews of a company stand now, newest first",
    effect: "read",
    query: z.object({ ...pageQuery, reviewerUserId: text(100).optional() }),
    output: z.array(reviewListItem),
    status: 200,
    paged: true,
  }),
  "reviews.list": operation({
    ...ofIssue,
    agents: "any",
    method: "GET",
    path: "/issues/:id/reviews",
    summary: "Who looks at the work on an issue before it is done, in order",
    effect: "read",
    output: z.array(reviewStage),
    status: 200,
  }),
  "reviews.replace": operation({
    ...ofIssue,
    role: "operator",
    agents: "concerned_or_above",
    method: "PUT",
    path: "/issues/:id/reviews",
    summary: "Set the stages of an issue's review: the board, who asked for the work, or a manager of its assignee",
    effect: "write",
    body: z.strictObject({ stages: z.array(stageDraft).max(10) }),
    output: z.array(reviewStage),
    status: 200,
    errors: ["invalid_reference", "unusable_reference", "conflict", "forbidden"],
  }),
  "reviews.approve": operation({
    ...decision,
    path: "/issues/:id/reviews/:rid/approve",
    summary: "Let the work pass this stage: its reviewer, or an admin",
    body: z.strictObject({ note }),
  }),
  "reviews.requestChanges": operation({
    ...decision,
    path: "/issues/:id/reviews/:rid/request-changes",
    summary: "Send the work back with what to change: its reviewer, or an admin",
    body: z.strictObject({ note: text(4000).trim().min(1) }),
  }),
  "criteria.list": operation({
    ...ofIssue,
    agents: "any",
    method: "GET",
    path: "/issues/:id/criteria",
    summary: "What has to be true before an issue is done, with its evidence",
    effect: "read",
    output: z.array(criterion),
    status: 200,
  }),
  "criteria.replace": operation({
    ...ofIssue,
    role: "operator",
    agents: "concerned_or_above",
    method: "PUT",
    path: "/issues/:id/criteria",
    summary: "Set the definition of done; a criterion with its id keeps its evidence while its text stays",
    effect: "write",
    body: z.strictObject({
      criteria: z
        .array(
          z.strictObject({ id: id.optional(), text: text(1000).trim().min(1), isRequired: z.boolean().optional() }),
        )
        .max(30),
    }),
    output: z.array(criterion),
    status: 200,
    errors: ["invalid_reference", "conflict", "forbidden"],
  }),
  "criteria.giveEvidence": operation({
    ...ofCriterion,
    agents: "concerned_or_above",
    method: "POST",
    path: "/issues/:id/criteria/:kid/evidence",
    summary: "Show that a criterion is met",
    effect: "write",
    body: z.strictObject({
      kind: z.enum(evidenceKinds),
      ref: text(2000).trim().min(1),
      note,
    }),
    status: 200,
    errors: ["invalid_reference", "conflict", "forbidden"],
  }),
  "criteria.takeEvidence": operation({
    ...ofCriterion,
    agents: "concerned_or_above",
    method: "DELETE",
    path: "/issues/:id/criteria/:kid/evidence",
    summary: "Take the evidence of a criterion back",
    effect: "write",
    status: 200,
    errors: ["conflict", "forbidden"],
  }),
} as const;
