import * as z from "zod";
import { interaction, interactionAnswer, interactionListItem, maxSuggestedTasks } from "../entities/interaction.ts";
import { interactionKinds, interactionStatuses } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, id, idempotencyKey, issueParams, issueRef, metadata, pageQuery, text } from "../primitives.ts";

const tag = "Interactions";
const everyone = ["user", "agent", "run"] as const;
const ofIssue = { locate: { by: "issue", param: "id" }, params: issueParams, tag, callers: everyone } as const;
const ofInteraction = {
  locate: { by: "issue", param: "id" },
  params: z.object({ id: issueRef, iid: id }),
  tag,
  role: "operator",
  method: "POST",
  effect: "write",
  output: interaction,
  status: 200,
} as const;
const note = text(4000).nullable().optional();

export const interactionOperations = {
  "interactions.inCompany": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: everyone,
    method: "GET",
    path: "/companies/:cid/interactions",
    summary: "What was asked of the board on all issues of a company, newest first",
    effect: "read",
    query: z.object({ ...pageQuery, status: z.enum(interactionStatuses).optional() }),
    output: z.array(interactionListItem),
    status: 200,
    paged: true,
  }),
  "interactions.list": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/interactions",
    summary: "What was asked of the board on an issue, newest first",
    effect: "read",
    query: z.object({ ...pageQuery, status: z.enum(interactionStatuses).optional() }),
    output: z.array(interaction),
    status: 200,
    paged: true,
  }),
  "interactions.create": operation({
    ...ofIssue,
    role: "operator",
    method: "POST",
    path: "/issues/:id/interactions",
    summary:
      "Ask the board something: payload is a RequestConfirmation, SuggestTasks, AskUserQuestions or RequestCheckboxConfirmation",
    effect: "write",
    agents: "any",
    body: z.strictObject({
      kind: z.enum(interactionKinds),
      payload: metadata,
      expiresInSec: z
        .number()
        .int()
        .min(60)
        .max(90 * 86_400)
        .optional()
        .describe("When nobody answers it expires, and who asked is woken; after 7 days when left out"),
      idempotencyKey,
    }),
    output: interaction,
    status: 201,
    creates: true,
    errors: ["invalid_reference", "unusable_reference"],
  }),
  "interactions.accept": operation({
    ...ofInteraction,
    callers: ["user"],
    path: "/issues/:id/interactions/:iid/accept",
    summary: "Say yes; suggested tasks become issues. Refused while a workspace of the issue is not finalized",
    body: z.strictObject({
      note,
      selectedClientKeys: z
        .array(text(80).min(1))
        .min(1)
        .max(maxSuggestedTasks)
        .optional()
        .describe("Of suggested tasks: those to make; all when left out"),
    }),
    errors: ["stale_state", "conflict", "unsupported"],
  }),
  "interactions.reject": operation({
    ...ofInteraction,
    callers: ["user"],
    path: "/issues/:id/interactions/:iid/reject",
    summary: "Say no; the agent that asked is woken with the note",
    body: z.strictObject({ note }),
    errors: ["stale_state"],
  }),
  "interactions.respond": operation({
    ...ofInteraction,
    callers: ["user"],
    path: "/issues/:id/interactions/:iid/respond",
    summary: "Answer questions, or tick what is wanted of a list",
    body: z.strictObject({
      note,
      answers: z.array(interactionAnswer).max(10).optional().describe("Of questions"),
      checked: z.array(text(80).min(1)).max(50).optional().describe("Of a list: the ids of what is wanted"),
    }),
    errors: ["stale_state", "conflict", "unsupported"],
  }),
  "interactions.cancel": operation({
    ...ofInteraction,
    callers: everyone,
    path: "/issues/:id/interactions/:iid/cancel",
    summary: "Take back what was asked: the board may, and the agent that asked",
    agents: "concerned",
    body: z.strictObject({ note }),
    errors: ["stale_state"],
  }),
} as const;
