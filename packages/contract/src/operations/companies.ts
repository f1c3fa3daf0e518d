import * as z from "zod";
import { orgNode } from "../entities/agent.ts";
import { company, companyStats, member, ownCompany } from "../entities/company.ts";
import { activity, dashboard, sidebarBadges } from "../entities/governance.ts";
import { operation } from "../operation.ts";
import { budgetCents, companyParams, id, idempotencyKey, instant, name, pageQuery, text } from "../primitives.ts";

/** 2 to 10 characters, starts with a letter; stored in capitals. */
export const issuePrefix = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9]{1,9}$/, "2 to 10 letters or digits, starting with a letter")
  .transform((value) => value.toUpperCase());

const tag = "Companies";
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams } as const;
const everyone = ["user", "agent", "run"] as const;

export const companyOperations = {
  "companies.list": operation({
    method: "GET",
    path: "/companies",
    summary: "The companies that the caller belongs to",
    tag,
    callers: everyone,
    effect: "read",
    locate: { by: "actor" },
    query: z.object(pageQuery),
    output: z.array(ownCompany),
    status: 200,
    paged: true,
  }),
  "companies.create": operation({
    method: "POST",
    path: "/companies",
    summary: "Found a company; the caller becomes its owner",
    tag,
    callers: ["user"],
    effect: "write",
    locate: { by: "actor" },
    body: z.strictObject({
      name: name(120),
      description: text(4000).nullable().optional(),
      issuePrefix: issuePrefix.optional().describe("Made from the name when left out"),
      budgetMonthlyCents: budgetCents.optional(),
      requireBoardApprovalForNewAgents: z.boolean().optional(),
      idempotencyKey,
    }),
    output: company,
    status: 201,
    creates: true,
    errors: ["already_exists"],
  }),
  "companies.suggestPrefix": operation({
    method: "GET",
    path: "/companies/prefix-suggestion",
    summary: "A free issue prefix made from a name, and whether a wished one is free",
    tag,
    callers: ["user"],
    effect: "read",
    locate: { by: "actor" },
    query: z.object({ name: text(120).default(""), wish: text(10).optional() }),
    output: z.object({ suggestion: z.string(), wishIsFree: z.boolean().nullable() }).meta({ id: "PrefixSuggestion" }),
    status: 200,
  }),
  "companies.stats": operation({
    method: "GET",
    path: "/companies/stats",
    summary: "Agents, issues and pending approvals of each of the caller's companies",
    tag,
    callers: ["user"],
    effect: "read",
    locate: { by: "actor" },
    query: z.object(pageQuery),
    output: z.array(companyStats),
    status: 200,
    paged: true,
  }),
  "companies.get": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid",
    summary: "One company",
    tag,
    callers: everyone,
    effect: "read",
    output: company,
    status: 200,
  }),
  "companies.update": operation({
    ...inCompany,
    method: "PATCH",
    path: "/companies/:cid",
    summary: "Change a company; status pauses or resumes it",
    tag,
    callers: ["user"],
    role: "admin",
    effect: "write",
    body: z.strictObject({
      name: name(120).optional(),
      description: text(4000).nullable().optional(),
      status: z.enum(["active", "paused"]).optional(),
      pauseReason: text(500).nullable().optional(),
      budgetMonthlyCents: budgetCents.optional(),
      requireBoardApprovalForNewAgents: z.boolean().optional(),
      maxConcurrentRuns: z.number().int().min(1).max(1000).nullable().optional(),
      attachmentMaxBytes: z
        .number()
        .int()
        .min(1)
        .max(2_000_000_000)
        .optional()
        .describe("The largest file that may be attached to an issue"),
      brandColor: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/)
        .nullable()
        .optional(),
    }),
    output: company,
    status: 200,
  }),
  "companies.archive": operation({
    ...inCompany,
    method: "POST",
    path: "/companies/:cid/archive",
    summary: "Archive a company: its agents stop, nothing is deleted",
    tag,
    callers: ["user"],
    role: "owner",
    effect: "destroy",
    output: company,
    status: 200,
  }),
  "companies.dashboard": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/dashboard",
    summary: "What moved, what waits, what it costs",
    tag,
    callers: everyone,
    effect: "read",
    output: dashboard,
    status: 200,
  }),
  "companies.badges": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/sidebar-badges",
    summary: "How much needs a decision",
    tag,
    callers: everyone,
    effect: "read",
    output: sidebarBadges,
    status: 200,
  }),
  "companies.activity": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/activity",
    summary: "The audit log, newest first",
    tag,
    callers: everyone,
    effect: "read",
    query: z.object({
      ...pageQuery,
      action: text(100).optional().describe("An action, or a prefix of one ending in a dot"),
      entityType: text(60).optional(),
      entityId: text(100).optional(),
      agentId: id.optional(),
      runId: id.optional(),
      actorId: text(100).optional().describe("Who did it: a person, an agent, a runner, or `system`"),
      since: instant.optional().describe("At this time or later"),
      until: instant.optional().describe("Before this time"),
    }),
    output: z.array(activity),
    status: 200,
    paged: true,
  }),
  "companies.members": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/members",
    summary: "The people of a company",
    tag,
    callers: everyone,
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(member),
    status: 200,
    paged: true,
  }),
  "companies.org": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/org",
    summary: "The org chart as a tree",
    tag,
    callers: everyone,
    effect: "read",
    output: z.array(orgNode),
    status: 200,
  }),
} as const;
