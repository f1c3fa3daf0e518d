import * as z from "zod";
import { adapterType } from "../entities/adapter.ts";
import { toolApproval, toolRule } from "../entities/tool-approval.ts";
import { toolApprovalStatuses, toolEffects } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, id, idempotencyKey, idParams, jsonObject, name, pageQuery, text } from "../primitives.ts";

const tag = "Tool approvals";
const everyone = ["user", "agent", "run"] as const;
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams, tag } as const;
const ofApproval = { locate: { by: "toolApproval", param: "id" }, params: idParams, tag } as const;
const ofRule = { locate: { by: "toolRule", param: "id" }, params: idParams, tag } as const;
const decision = {
  ...ofApproval,
  callers: ["user"],
  role: "operator",
  method: "POST",
  effect: "write",
  body: z.strictObject({
    note: text(2000).nullable().optional(),
    remember: z.boolean().optional().describe("Decide the same call so from now on; takes the role admin"),
  }),
  output: toolApproval,
  status: 200,
  errors: ["stale_state"],
} as const;
const ruleFields = {
  shape: text(1000).min(1).nullable().optional(),
  adapterType: adapterType.nullable().optional(),
  agentId: id.nullable().optional(),
  note: text(500).nullable().optional(),
  position: z.number().int().min(1).max(1_000_000).optional(),
};
const tool = name(200).describe("`*` stands for anything, `\\*` for itself");

export const toolApprovalOperations = {
  "toolApprovals.request": operation({
    locate: { by: "run", param: "id" },
    params: idParams,
    tag,
    callers: ["run"],
    method: "POST",
    path: "/heartbeat-runs/:id/tool-approvals",
    summary: "Ask whether a tool may be called; the same call asks once, a rule may answer at once",
    effect: "write",
    body: z.strictObject({
      fence: z.number().int().positive().optional(),
      callId: text(200).min(1),
      tool: name(200),
      input: jsonObject(1_000_000),
      summary: text(4000).nullable().optional(),
      unlessDenied: z
        .boolean()
        .optional()
        .describe("Nobody is asked: a rule denies it or it is allowed. For calls of Boardroom's own API"),
      expiresInSec: z.number().int().min(10).max(3600).default(600),
      idempotencyKey,
    }),
    output: toolApproval,
    status: 201,
    creates: true,
    errors: ["lease_lost", "conflict"],
  }),
  "toolApprovals.list": operation({
    ...inCompany,
    callers: everyone,
    method: "GET",
    path: "/companies/:cid/tool-approvals",
    summary: "Tool calls that wait for the board or were decided, newest first",
    effect: "read",
    query: z.object({ ...pageQuery, status: z.enum(toolApprovalStatuses).optional(), runId: id.optional() }),
    output: z.array(toolApproval),
    status: 200,
    paged: true,
  }),
  "toolApprovals.get": operation({
    ...ofApproval,
    callers: everyone,
    method: "GET",
    path: "/tool-approvals/:id",
    summary: "One tool call and what was decided",
    effect: "read",
    output: toolApproval,
    status: 200,
  }),
  "toolApprovals.allow": operation({
    ...decision,
    path: "/tool-approvals/:id/allow",
    summary: "Let the tool be called",
  }),
  "toolApprovals.deny": operation({
    ...decision,
    path: "/tool-approvals/:id/deny",
    summary: "Refuse the tool call; the agent reads the note",
  }),
  "toolRules.list": operation({
    ...inCompany,
    callers: ["user"],
    method: "GET",
    path: "/companies/:cid/tool-rules",
    summary: "What is allowed, asked and denied, in the order in which it is tried",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(toolRule),
    status: 200,
    paged: true,
  }),
  "toolRules.create": operation({
    ...inCompany,
    callers: ["user"],
    role: "admin",
    method: "POST",
    path: "/companies/:cid/tool-rules",
    summary: "Make a rule for tool calls; it comes last when no position is given",
    effect: "write",
    body: z.strictObject({ effect: z.enum(toolEffects), tool, ...ruleFields, idempotencyKey }),
    output: toolRule,
    status: 201,
    creates: true,
    errors: ["invalid_reference", "conflict"],
  }),
  "toolRules.update": operation({
    ...ofRule,
    callers: ["user"],
    role: "admin",
    method: "PATCH",
    path: "/tool-rules/:id",
    summary: "Change a rule",
    effect: "write",
    body: z.strictObject({ effect: z.enum(toolEffects).optional(), tool: tool.optional(), ...ruleFields }),
    output: toolRule,
    status: 200,
    errors: ["invalid_reference"],
  }),
  "toolRules.delete": operation({
    ...ofRule,
    callers: ["user"],
    role: "admin",
    method: "DELETE",
    path: "/tool-rules/:id",
    summary: "Delete a rule",
    effect: "destroy",
    output: null,
    status: 204,
  }),
} as const;
