import * as z from "zod";
import { adapterType } from "../entities/adapter.ts";
import { agent } from "../entities/agent.ts";
import { configRevision, instructionPath, instructionsBundle, maxInstructionFiles } from "../entities/agent-config.ts";
import { approval } from "../entities/governance.ts";
import { maxPlanAgents, planAgent } from "../entities/plan.ts";
import { agentTemplate } from "../entities/template.ts";
import { operation } from "../operation.ts";
import { agentParams, companyParams, id, idempotencyKey, idParams, metadata, pageQuery, text } from "../primitives.ts";

const tag = "Agents";
const everyone = ["user", "agent", "run"] as const;
const board = ["user"] as const;
const ofAgent = { locate: { by: "agent", param: "id" }, tag } as const;

export const agentConfigOperations = {
  "agentTemplates.list": operation({
    locate: { by: "actor" },
    tag,
    method: "GET",
    path: "/agent-templates",
    summary: "Ready starts for agents: role, instructions, budget, heartbeat",
    callers: ["public"],
    effect: "read",
    output: z.array(agentTemplate),
    status: 200,
  }),
  "agents.hireTeam": operation({
    locate: { by: "company", param: "cid" },
    tag,
    method: "POST",
    path: "/companies/:cid/agent-hires/team",
    summary:
      "Hire several agents at once; by an operator, or where the company asks for it, as one decision of the board",
    callers: board,
    role: "operator",
    effect: "write",
    params: companyParams,
    body: z.strictObject({
      agents: z.array(planAgent).min(1).max(maxPlanAgents),
      adapterType: adapterType.default("http").describe("Of those that name none of their own"),
      adapterConfig: metadata.default({}),
      idempotencyKey,
    }),
    output: z
      .object({
        agents: z.array(agent),
        approval: approval.nullable(),
        webhookSecret: z
          .string()
          .nullable()
          .describe("`whsec_…` of those that are called here, one for all, shown once"),
      })
      .meta({ id: "HiredTeam" }),
    status: 201,
    creates: true,
    errors: ["invalid_plan", "already_exists", "unusable_reference", "unsafe_url", "company_not_active"],
  }),
  "agents.configRevisions": operation({
    ...ofAgent,
    method: "GET",
    path: "/agents/:id/config-revisions",
    summary: "Every change of an agent's configuration, newest first; secrets only as references",
    callers: board,
    effect: "read",
    params: idParams,
    query: z.object(pageQuery),
    output: z.array(configRevision),
    status: 200,
    paged: true,
  }),
  "agents.rollbackConfig": operation({
    ...ofAgent,
    method: "POST",
    path: "/agents/:id/config-revisions/:rid/rollback",
    summary: "Make an agent what it was after a change, except its budget; what it is now is kept",
    callers: board,
    role: "admin",
    effect: "write",
    params: z.object({ id, rid: id }),
    output: agent,
    status: 200,
    errors: ["already_exists", "invalid_reference", "unusable_reference", "unsafe_url", "invalid_transition"],
  }),
  "agents.instructions": operation({
    ...ofAgent,
    method: "GET",
    path: "/agents/:id/instructions-bundle",
    summary: "What an agent is told about itself: AGENTS.md and files beside it",
    callers: everyone,
    effect: "read",
    params: agentParams,
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    output: instructionsBundle,
    status: 200,
  }),
  "agents.updateInstructions": operation({
    ...ofAgent,
    method: "PATCH",
    path: "/agents/:id/instructions-bundle",
    summary: "Write or delete files of an agent's bundle; what isn't named stays, and the version before is kept",
    callers: board,
    role: "admin",
    effect: "write",
    params: idParams,
    body: z.strictObject({
      files: z
        .array(
          z.strictObject({
            path: instructionPath,
            content: text(100_000).nullable().describe("Null deletes the file"),
          }),
        )
        .min(1)
        .max(maxInstructionFiles)
        .refine((all) => new Set(all.map(({ path }) => path.toLowerCase())).size === all.length, "names a file twice"),
      baseVersion: z.number().int().nullable().optional().describe("Refused when another version is in force by now"),
    }),
    output: instructionsBundle,
    status: 200,
    errors: ["stale_state", "payload_too_large", "invalid_transition"],
  }),
} as const;
