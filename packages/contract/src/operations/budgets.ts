import * as z from "zod";
import { company } from "../entities/company.ts";
import { budgetIncident, budgetOverview, budgetPolicy } from "../entities/money.ts";
import { budgetIncidentStatuses, budgetPolicyScopes, budgetWindows } from "../enums.ts";
import { operation } from "../operation.ts";
import { budgetCents, cents, companyParams, id, idempotencyKey, pageQuery, text } from "../primitives.ts";

const tag = "Money";
const everyone = ["user", "agent", "run"] as const;
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams, tag, callers: everyone } as const;
const ofBoard = { ...inCompany, callers: ["user"], role: "admin" } as const;
const policyParams = z.object({ cid: id, id });
const alertPercent = z.number().int().min(1).max(100);

export const budgetOperations = {
  "budgets.policies": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/budgets/policies",
    summary: "All budgets with what their window holds now: the company's, then those of projects and agents",
    effect: "read",
    query: z.object({
      ...pageQuery,
      scope: z.enum(budgetPolicyScopes).optional(),
      agentId: id.optional(),
      projectId: id.optional(),
    }),
    output: z.array(budgetPolicy),
    status: 200,
    paged: true,
  }),
  "budgets.createPolicy": operation({
    ...ofBoard,
    method: "POST",
    path: "/companies/:cid/budgets/policies",
    summary: "Set a budget of the company, an agent or a project; of several that apply all must allow",
    effect: "write",
    body: z.strictObject({
      scope: z.enum(budgetPolicyScopes),
      agentId: id.optional().describe("With the scope `agent`"),
      projectId: id.optional().describe("With the scope `project`"),
      window: z.enum(budgetWindows).describe("In UTC; weeks begin on Monday"),
      windowDays: z.number().int().min(2).max(366).optional().describe("With `rolling`: it ends with today"),
      amountCents: budgetCents,
      alertPercent: alertPercent.default(80),
      hardStop: z.boolean().default(true).describe("False only tells when it is used up"),
      idempotencyKey,
    }),
    output: budgetPolicy,
    status: 201,
    creates: true,
    errors: ["already_exists", "invalid_reference"],
  }),
  "budgets.updatePolicy": operation({
    ...ofBoard,
    method: "PATCH",
    path: "/companies/:cid/budgets/policies/:id",
    params: policyParams,
    summary: "Change a budget; one that is used up already stops at once, one with room again lifts its stop",
    effect: "write",
    body: z.strictObject({
      amountCents: budgetCents.optional(),
      alertPercent: alertPercent.optional(),
      hardStop: z.boolean().optional(),
    }),
    output: budgetPolicy,
    status: 200,
  }),
  "budgets.deletePolicy": operation({
    ...ofBoard,
    method: "DELETE",
    path: "/companies/:cid/budgets/policies/:id",
    params: policyParams,
    summary: "Remove a budget with its incidents; what it stopped is not resumed by that",
    effect: "destroy",
    output: null,
    status: 204,
  }),
  "budgets.incidents": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/budget-incidents",
    summary: "Thresholds of budgets that were reached, newest first",
    effect: "read",
    query: z.object({ ...pageQuery, status: z.enum(budgetIncidentStatuses).optional() }),
    output: z.array(budgetIncident),
    status: 200,
    paged: true,
  }),
  "budgets.resolveIncident": operation({
    ...ofBoard,
    method: "POST",
    path: "/companies/:cid/budget-incidents/:id/resolve",
    params: policyParams,
    summary: "Decide on a budget incident: raise the budget and resume what it stopped, keep it stopped, or dismiss it",
    effect: "write",
    body: z.strictObject({
      action: z.enum(["raise_budget_and_resume", "keep_paused", "dismiss"]),
      amountCents: cents.optional().describe("The new budget, more than what is spent; with `raise_budget_and_resume`"),
      note: text(2000).optional(),
    }),
    output: budgetIncident,
    status: 200,
    errors: ["conflict"],
  }),
  "budgets.setCompany": operation({
    ...inCompany,
    callers: ["user"],
    role: "admin",
    method: "PATCH",
    path: "/companies/:cid/budgets",
    summary: "Set the company's monthly budget: 0 means none, null unlimited",
    effect: "write",
    body: z.strictObject({ budgetMonthlyCents: budgetCents }),
    output: company,
    status: 200,
  }),
  "budgets.overview": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/budgets/overview",
    summary: "Every budget and how much of it is used",
    effect: "read",
    output: budgetOverview,
    status: 200,
  }),
} as const;
