import * as z from "zod";
import { interaction, interactionListItem } from "../entities/workspace.ts";
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
  body: z.strictObject({ note: text(4000).nullable().optional() }),
  output: interaction,
  status: 200,
} as const;

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
    summary: "Ask the board to confirm something: kind `request_confirmation`, with a RequestConfirmation as payload",
    effect: "write",
    body: z.strictObject({ kind: z.enum(interactionKinds), payload: metadata, idempotencyKey }),
    output: interaction,
    status: 201,
    creates: true,
    errors: ["unsupported"],
  }),
  "interactions.accept": operation({
    ...ofInteraction,
    callers: ["user"],
    path: "/issues/:id/interactions/:iid/accept",
    summary: "Say yes; refused while a workspace of the issue is not finalized",
    errors: ["stale_state", "conflict"],
  }),
  "interactions.reject": operation({
    ...ofInteraction,
    callers: ["user"],
    path: "/issues/:id/interactions/:iid/reject",
    summary: "Say no; the agent that asked is woken with the note",
    errors: ["stale_state"],
  }),
  "interactions.cancel": operation({
    ...ofInteraction,
    callers: everyone,
    path: "/issues/:id/interactions/:iid/cancel",
    summary: "Take back what was asked: the board may, and the agent that asked",
    errors: ["stale_state"],
  }),
} as const;
