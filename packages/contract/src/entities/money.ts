import * as z from "zod";
import {
  budgetActions,
  budgetIncidentStatuses,
  budgetPolicyScopes,
  budgetThresholds,
  budgetWindows,
  costBases,
} from "../enums.ts";
import { budgetCents, cents, id, instant } from "../primitives.ts";

/** A cost, or what a correction takes off one. */
const signedCents = z.number().min(-1_000_000_000_000).max(1_000_000_000_000);

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
    costCents: signedCents.describe("Below zero only in a correction"),
    basis: z
      .enum(costBases)
      .describe("`unaccounted`: tokens of a model whose price nobody named; it counts as 0 until corrected"),
    basisNote: z.string().nullable(),
    correctsEventId: id.nullable(),
    occurredAt: instant,
    createdAt: instant,
  })
  .meta({ id: "CostEvent" });

export const costBatchResult = z
  .object({
    index: z.number().int(),
    id: id.nullable(),
    status: z.enum(["created", "duplicate", "refused"]),
    event: costEvent.nullable(),
    code: z.string().nullable().describe("Of a refused event, as in an error"),
    error: z.string().nullable(),
  })
  .meta({ id: "CostBatchResult" });

export const costSummary = z
  .object({
    companyId: id,
    spendCents: cents,
    budgetCents,
    utilizationPercent: z.number().describe("0 when there is no budget"),
  })
  .meta({ id: "CostSummary" });

const totals = {
  costCents: signedCents,
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

export const costByBillingCode = z
  .object({ billingCode: z.string().nullable(), ...totals })
  .meta({ id: "CostByBillingCode" });
export const costByProvider = z.object({ provider: z.string(), ...totals }).meta({ id: "CostByProvider" });
export const costByAgentModel = z
  .object({ agentId: id, agentName: z.string(), provider: z.string(), model: z.string(), ...totals })
  .meta({ id: "CostByAgentModel" });
export const costByGoal = z
  .object({ goalId: id.nullable(), goalTitle: z.string().nullable(), ...totals })
  .meta({ id: "CostByGoal" });

export const costForecast = z
  .object({
    companyId: id,
    budgetCents,
    spentCents: cents.describe("This month so far"),
    daysUsed: z.number().int().describe("Whole days behind the rate: the last ones, at most 14"),
    perDayCents: cents.describe("What those days cost in the mean"),
    monthEndCents: cents.describe("Spent so far and the rate for the rest of the month"),
    lowCents: cents.describe("The same with the cheaper days' rate"),
    highCents: cents.describe("The same with the dearer days' rate"),
    exhaustedOn: z.iso.date().nullable().describe("The day on which the month's budget is used up at this rate"),
    days: z.array(z.object({ date: z.iso.date(), costCents: signedCents })),
  })
  .meta({ id: "CostForecast" });

export const budgetPolicy = z
  .object({
    id,
    companyId: id,
    scope: z.enum(budgetPolicyScopes),
    agentId: id.nullable(),
    projectId: id.nullable(),
    name: z.string().nullable().describe("Of the agent or project"),
    window: z.enum(budgetWindows),
    windowDays: z.number().int().nullable(),
    amountCents: budgetCents,
    alertPercent: z.number().int(),
    hardStop: z.boolean(),
    spentCents: cents,
    reservedCents: cents.describe("Set aside for runs that run now"),
    utilizationPercent: z.number(),
    windowEndsAt: instant.nullable(),
    stopped: z.boolean(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "BudgetPolicy" });

export const budgetIncident = z
  .object({
    id,
    companyId: id,
    policyId: id,
    scope: z.enum(budgetPolicyScopes),
    agentId: id.nullable(),
    projectId: id.nullable(),
    name: z.string().nullable(),
    window: z.enum(budgetWindows),
    windowDays: z.number().int().nullable(),
    windowEndsAt: instant.nullable(),
    threshold: z.enum(budgetThresholds),
    hardStop: z.boolean(),
    amountCents: cents.describe("The budget when it was reached"),
    spentCents: cents.describe("What was spent then"),
    spentNowCents: cents,
    status: z.enum(budgetIncidentStatuses),
    action: z.enum(budgetActions).nullable(),
    approvalId: id.nullable(),
    note: z.string().nullable(),
    resolvedByUserId: z.string().nullable(),
    resolvedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: "BudgetIncident" });

export const modelPrice = z
  .object({
    id: id.nullable().describe("Null for one that Boardroom knows"),
    provider: z.string(),
    model: z.string(),
    validFrom: z.iso.date(),
    validUntil: z.iso.date().nullable(),
    inputCents: cents.describe("Per million tokens, as the others"),
    cachedInputCents: cents,
    outputCents: cents,
  })
  .meta({ id: "ModelPrice" });

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
export type CostByBillingCode = z.infer<typeof costByBillingCode>;
export type CostByProvider = z.infer<typeof costByProvider>;
export type CostByAgentModel = z.infer<typeof costByAgentModel>;
export type CostByGoal = z.infer<typeof costByGoal>;
export type CostBatchResult = z.infer<typeof costBatchResult>;
export type CostForecast = z.infer<typeof costForecast>;
export type BudgetPolicy = z.infer<typeof budgetPolicy>;
export type BudgetIncident = z.infer<typeof budgetIncident>;
export type ModelPrice = z.infer<typeof modelPrice>;
