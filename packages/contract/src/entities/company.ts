import * as z from "zod";
import { companyStatuses, memberRoles } from "../enums.ts";
import { budgetCents, cents, id, instant } from "../primitives.ts";

export const company = z
  .object({
    id,
    name: z.string(),
    description: z.string().nullable(),
    status: z.enum(companyStatuses),
    pauseReason: z.string().nullable(),
    pausedAt: instant.nullable(),
    issuePrefix: z.string().describe("Unique; the ACME of ACME-42"),
    issueCounter: z.number().int(),
    budgetMonthlyCents: budgetCents,
    spentMonthlyCents: cents.describe("Sum over its agents this month (UTC)"),
    requireBoardApprovalForNewAgents: z.boolean(),
    maxConcurrentRuns: z.number().int().nullable().describe("Runs of all its agents at a time; unlimited when null"),
    attachmentMaxBytes: z.number().int(),
    brandColor: z.string().nullable(),
    logoUrl: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Company" });

export const ownCompany = company
  .extend({ role: z.enum(memberRoles).nullable().describe("What the caller is there; null for an agent") })
  .meta({ id: "OwnCompany" });

export const member = z
  .object({
    id,
    companyId: id,
    userId: z.string(),
    displayName: z.string(),
    role: z.enum(memberRoles),
    createdAt: instant,
  })
  .meta({ id: "Member" });

export const companyStats = z
  .object({
    companyId: id,
    agentCount: z.number().int(),
    issueCount: z.number().int(),
    pendingApprovals: z.number().int(),
  })
  .meta({ id: "CompanyStats" });

export type Company = z.infer<typeof company>;
export type OwnCompany = z.infer<typeof ownCompany>;
export type Member = z.infer<typeof member>;
