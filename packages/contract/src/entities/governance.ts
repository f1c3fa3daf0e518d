import * as z from "zod";
import { actorTypes, approvalStatuses, approvalTypes } from "../enums.ts";
import { budgetCents, cents, id, instant } from "../primitives.ts";
import { agent } from "./agent.ts";

export const approval = z
  .object({
    id,
    companyId: id,
    type: z.enum(approvalTypes),
    requestedByAgentId: id.nullable(),
    requestedByUserId: z.string().nullable(),
    status: z.enum(approvalStatuses),
    payload: z.record(z.string(), z.unknown()),
    decisionNote: z.string().nullable(),
    decidedByUserId: z.string().nullable(),
    decidedAt: instant.nullable(),
    payloadVersion: z.number().int().describe("Counts resubmissions with another payload"),
    selection: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe("Of a plan, the parts that were approved; all when null"),
    pendingSince: instant.describe("Since when it waits for an answer this time"),
    escalatedAt: instant.nullable(),
    effectAt: instant.nullable().describe("When what was approved takes effect; until then it can be undone"),
    effectedAt: instant.nullable(),
    effectProblem: z.string().nullable().describe("Why what was approved could not be done"),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Approval" });

/** The answer to a governed hire: the agent when it exists at once, else the approval it waits for. */
export const hireOutcome = z
  .object({
    agent: agent.nullable(),
    approval: approval.nullable(),
    webhookSecret: z.string().nullable().describe("`whsec_…` of an agent hired at once, shown once"),
  })
  .meta({ id: "HireOutcome" });

/** The answer to an approval decision: what it caused. */
export const decidedApproval = approval
  .extend({
    agentId: id.nullable().describe("The agent that approving a hire created"),
    webhookSecret: z.string().nullable().describe("`whsec_…` of that agent, shown once"),
  })
  .meta({ id: "DecidedApproval" });

export const approvalComment = z
  .object({
    id,
    approvalId: id,
    body: z.string(),
    authorAgentId: id.nullable(),
    authorUserId: z.string().nullable(),
    authorName: z.string(),
    createdAt: instant,
  })
  .meta({ id: "ApprovalComment" });

export const activity = z
  .object({
    id,
    companyId: id,
    cursor: z.string().describe("Position in the company's event feed"),
    actorType: z.enum(actorTypes),
    actorId: z.string(),
    actorName: z.string().nullable(),
    action: z.string(),
    entityType: z.string(),
    entityId: z.string(),
    agentId: id.nullable(),
    runId: id.nullable(),
    details: z.record(z.string(), z.unknown()).nullable(),
    createdAt: instant,
  })
  .meta({ id: "Activity" });

export const dashboard = z
  .object({
    companyId: id,
    agents: z.object({
      active: z.number().int(),
      running: z.number().int(),
      paused: z.number().int(),
      error: z.number().int(),
    }),
    tasks: z.object({
      open: z.number().int(),
      inProgress: z.number().int(),
      blocked: z.number().int(),
      done: z.number().int(),
    }),
    costs: z.object({ monthSpendCents: cents, monthBudgetCents: budgetCents, monthUtilizationPercent: z.number() }),
    pendingApprovals: z.number().int(),
    budgets: z.object({ pausedAgents: z.number().int(), alertedAgents: z.number().int() }),
    today: z.object({
      done: z.number().int(),
      failedRuns: z.number().int(),
      blocked: z.number().int(),
      spendCents: cents,
    }),
    runActivity: z
      .array(
        z.object({
          date: z.iso.date(),
          succeeded: z.number().int(),
          failed: z.number().int(),
          other: z.number().int(),
          total: z.number().int(),
        }),
      )
      .describe("Last 14 days, oldest first"),
    spendByDay: z.array(z.object({ date: z.iso.date(), costCents: cents })).describe("This month, oldest first"),
  })
  .meta({ id: "Dashboard" });

export const sidebarBadges = z
  .object({
    inbox: z.number().int(),
    approvals: z.number().int().describe("Decisions that wait for the board, tool calls among them"),
    toolApprovals: z.number().int(),
    failedRuns: z.number().int(),
  })
  .meta({ id: "SidebarBadges" });

/** How approvals of a type are decided where a company has said nothing else. */
export const defaultDecisionPolicy = {
  quorum: 1,
  minimumRole: "admin",
  graceSeconds: 0,
  escalateAfterSec: 86_400,
  expiresAfterSec: null,
} as const;

export type Approval = z.infer<typeof approval>;
export type ApprovalComment = z.infer<typeof approvalComment>;
export type DecidedApproval = z.infer<typeof decidedApproval>;
export type Activity = z.infer<typeof activity>;
export type Dashboard = z.infer<typeof dashboard>;
