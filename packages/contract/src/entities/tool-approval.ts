import * as z from "zod";
import { toolApprovalStatuses, toolEffects } from "../enums.ts";
import { id, instant } from "../primitives.ts";
import { adapterType } from "./adapter.ts";

/** A tool call of a run that waits for the board, or waited. */
export const toolApproval = z
  .object({
    id,
    companyId: id,
    runId: id,
    agentId: id,
    agentName: z.string(),
    issueId: id.nullable(),
    issueIdentifier: z.string().nullable(),
    callId: z.string().describe("The call's id, as the program names it; the same call asks once"),
    tool: z.string(),
    input: z.record(z.string(), z.unknown()).describe("What it would be called with, secrets masked"),
    summary: z.string().nullable().describe("The command or file it is about"),
    status: z.enum(toolApprovalStatuses),
    note: z.string().nullable().describe("What the board said to it; the agent reads it"),
    decidedByUserId: z.string().nullable(),
    decidedByName: z.string().nullable(),
    ruleId: id.nullable().describe("The rule that decided it without asking"),
    expiresAt: instant.describe("Unanswered until then, it is denied"),
    decidedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: "ToolApproval" });

/** A company's rule for tool calls. The first one that fits decides; where none does, the board is asked. */
export const toolRule = z
  .object({
    id,
    companyId: id,
    position: z.number().int().describe("Rules are tried in this order"),
    effect: z.enum(toolEffects),
    tool: z.string().describe("The tool's name; `*` stands for anything"),
    shape: z
      .string()
      .nullable()
      .describe("What the command or file has to look like; `*` stands for anything, null fits all"),
    adapterType: adapterType.nullable(),
    agentId: id.nullable(),
    note: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "ToolRule" });

export type ToolApproval = z.infer<typeof toolApproval>;
export type ToolRule = z.infer<typeof toolRule>;
