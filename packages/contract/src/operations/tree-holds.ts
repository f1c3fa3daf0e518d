import * as z from "zod";
import { treeHold, treeHoldPreview } from "../entities/issue-flow.ts";
import { treeHoldModes } from "../enums.ts";
import { operation } from "../operation.ts";
import { id, idempotencyKey, issueParams, issueRef, pageQuery, text } from "../primitives.ts";

const tag = "Tree holds";
const everyone = ["user", "agent", "run"] as const;
const ofIssue = { locate: { by: "issue", param: "id" }, params: issueParams, tag } as const;

export const treeHoldOperations = {
  "treeHolds.list": operation({
    ...ofIssue,
    callers: everyone,
    agents: "any",
    method: "GET",
    path: "/issues/:id/tree-holds",
    summary: "The holds that an issue had, newest first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(treeHold),
    status: 200,
    paged: true,
  }),
  "treeHolds.preview": operation({
    ...ofIssue,
    callers: everyone,
    agents: "any",
    method: "GET",
    path: "/issues/:id/tree-holds/preview",
    summary: "How many issues and runs a hold on this issue would touch",
    effect: "read",
    output: treeHoldPreview,
    status: 200,
  }),
  "treeHolds.create": operation({
    ...ofIssue,
    callers: ["user"],
    role: "operator",
    method: "POST",
    path: "/issues/:id/tree-holds",
    summary: "Pause or cancel an issue and all below it; releasing the hold undoes it",
    effect: "write",
    body: z.strictObject({ mode: z.enum(treeHoldModes), reason: text(1000).nullable().optional(), idempotencyKey }),
    output: treeHold,
    status: 201,
    creates: true,
    errors: ["already_exists"],
  }),
  "treeHolds.release": operation({
    ...ofIssue,
    callers: ["user"],
    role: "operator",
    method: "POST",
    path: "/issues/:id/tree-holds/:hid/release",
    summary: "End a hold: what it paused goes on, what it cancelled is restored",
    effect: "write",
    params: z.object({ id: issueRef, hid: id }),
    body: z.strictObject({ note: text(1000).nullable().optional() }),
    output: treeHold,
    status: 200,
    errors: ["stale_state"],
  }),
} as const;
