import * as z from "zod";
import { budgetCents, cents, id, instant } from "../primitives.ts";

export const costEvent = z
  .object({
    id,
    companyId: id,
    agentId: id,
    issueId: id.nullable(),
    projectId: id.nullable(),
    goalId: id.nullable(),
    heartbeatRunId: id.nullable(),
    billingCode: z.string().nullable(),
    provider: z.string(),
    biller: z.string().nullable(),
    billingType: z.string().nullable(),
    model: z.string(),
    inputTokens: z.number().int(),
    cachedInputTokens: z.number().int(),
    outputTokens: z.number().int(),
    costCents: cents,
    occurredAt: instant,
    createdAt: instant,
  })
  .meta({ id: "CostEvent" });

export const costSummary = z
  .object({
    companyId: id,
    spendCents: cents,
    budgetCents,
    utilizationPercent: z.number().describe("0 when there is no budget"),
  })
  .meta({ id: "CostSummary" });

const totals = {
  costCents: cents,
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  events: z.number().int(),
};
export const costByAgent = z
  .object({ agentId: id, agentName: z.string(), budgetMonthlyCents: budgetCents, ...totals })
  .meta({ id: "CostByAgent" });
export const costByProject = z
  .object({ projectId: id.nullable(), projectName: z.string().nullable(), ...totals })
  .meta({ id: "CostByProject" });
export const costByIssue = z
  .object({ issueId: id.nullable(), identifier: z.string().nullable(), title: z.string().nullable(), ...totals })
  .meta({ id: "CostByIssue" });

const scopeOverview = { budgetCents, spentCents: cents, utilizationPercent: z.number(), paused: z.boolean() };
export const budgetOverview = z
  .object({
    company: z.object(scopeOverview),
    agents: z.array(z.object({ agentId: id, name: z.string(), ...scopeOverview })),
  })
  .meta({ id: "BudgetOverview" });

export type CostEvent = z.infer<typeof costEvent>;
export type CostSummary = z.infer<typeof costSummary>;
export type CostByAgent = z.infer<typeof costByAgent>;
export type BudgetOverview = z.infer<typeof budgetOverview>;
