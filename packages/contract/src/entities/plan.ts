import * as z from "zod";
import { contextModes, issuePriorities } from "../enums.ts";
import { budgetCents, id, metadata, name, text } from "../primitives.ts";
import { adapterType } from "./adapter.ts";
import { agentPermissions, runtimeConfig } from "./agent.ts";
import { templateKey } from "./template.ts";

export const maxPlanAgents = 50;
export const maxPlanIssues = 200;
export const maxPlanProjects = 20;

/** What a thing of a plan is called inside it, so that others of the plan can name it. */
export const planKey = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/, "is not a key: letters, digits, - and _");

/** An agent to hire. Without a kind of its own it runs as its proposer does, at the same address. */
export const planAgentDraft = z
  .strictObject({
    name: name(80),
    urlKey: text(200).optional().describe("Made from the name"),
    role: name(80).optional(),
    title: text(120).nullable().optional(),
    icon: text(40).nullable().optional(),
    capabilities: text(4000).nullable().optional(),
    adapterType: adapterType.nullable().optional(),
    adapterConfig: metadata.nullable().optional(),
    runtimeConfig: runtimeConfig.optional(),
    contextMode: z.enum(contextModes).nullable().optional(),
    budgetMonthlyCents: budgetCents.optional(),
    permissions: agentPermissions.optional(),
    metadata: metadata.nullable().optional(),
    instructions: text(20_000).nullable().optional().describe("Its AGENTS.md; the template's when left out"),
  })
  .meta({ id: "PlanAgentDraft" });

export const planAgent = z
  .strictObject({
    key: planKey,
    template: templateKey.nullable().optional(),
    draft: planAgentDraft,
    reportsToKey: planKey.nullable().optional().describe("Left out it reports to who proposes the plan"),
    reportsToAgentId: id.nullable().optional().describe("An agent that is there already"),
    why: text(1000).nullable().optional(),
  })
  .meta({ id: "PlanAgent" });

export const planProject = z
  .strictObject({
    key: planKey,
    name: name(200),
    description: text(20_000).nullable().optional(),
    goalId: id.nullable().optional(),
  })
  .meta({ id: "PlanProject" });

export const planIssue = z
  .strictObject({
    key: planKey,
    title: name(300),
    description: text(20_000).nullable().optional(),
    priority: z.enum(issuePriorities).optional(),
    parentKey: planKey.nullable().optional(),
    projectKey: planKey.nullable().optional(),
    goalId: id.nullable().optional(),
    assigneeKey: planKey.nullable().optional(),
    assigneeAgentId: id.nullable().optional(),
    blockedByKeys: z.array(planKey).max(20).optional(),
  })
  .meta({ id: "PlanIssue" });

const planShape = z.strictObject({
  version: z.literal(1),
  title: text(200).nullable().optional(),
  summary: text(20_000).min(1),
  agents: z.array(planAgent).max(maxPlanAgents).default([]),
  projects: z.array(planProject).max(maxPlanProjects).default([]),
  issues: z.array(planIssue).max(maxPlanIssues).default([]),
});
type PlanShape = z.output<typeof planShape>;

/** What a board decides about as one: whom to hire, and the work to begin with. Payload of `approve_ceo_strategy`. */
export const plan = planShape.superRefine(checkReferences).meta({ id: "Plan" });

type Problem = (path: (string | number)[], message: string) => void;

function checkReferences(value: PlanShape, ctx: z.RefinementCtx): void {
  const report: Problem = (path, message) => ctx.addIssue({ code: "custom", path, message });
  const agents = keysOf("agents", value.agents, report);
  const projects = keysOf("projects", value.projects, report);
  const issues = keysOf("issues", value.issues, report);
  const expect = (known: ReadonlySet<string>, key: string | null | undefined, path: (string | number)[]) => {
    if (key && !known.has(key)) report(path, `names "${key}", which is not in the plan`);
  };
  for (const [at, { reportsToKey, reportsToAgentId }] of value.agents.entries()) {
    expect(agents, reportsToKey, ["agents", at, "reportsToKey"]);
    if (reportsToKey && reportsToAgentId) report(["agents", at, "reportsToKey"], "names a second manager");
  }
  for (const [at, issue] of value.issues.entries()) {
    expect(issues, issue.parentKey, ["issues", at, "parentKey"]);
    expect(projects, issue.projectKey, ["issues", at, "projectKey"]);
    expect(agents, issue.assigneeKey, ["issues", at, "assigneeKey"]);
    if (issue.assigneeKey && issue.assigneeAgentId) report(["issues", at, "assigneeKey"], "names a second assignee");
    for (const [of, key] of (issue.blockedByKeys ?? []).entries())
      expect(issues, key, ["issues", at, "blockedByKeys", of]);
  }
  checkCircles("agents", "reportsToKey", value.agents, ({ reportsToKey }) => [reportsToKey], report);
  checkCircles("issues", "parentKey", value.issues, ({ parentKey }) => [parentKey], report);
  checkCircles("issues", "blockedByKeys", value.issues, ({ blockedByKeys = [] }) => blockedByKeys, report);
  checkNames(value.agents, report);
}

function keysOf(of: string, items: readonly { key: string }[], report: Problem): Set<string> {
  const seen = new Set<string>();
  for (const [at, { key }] of items.entries()) {
    if (seen.has(key)) report([of, at, "key"], `"${key}" stands in the plan twice`);
    seen.add(key);
  }
  return seen;
}

/** Two agents of one name could not be told apart, nor hired. */
function checkNames(agents: readonly z.output<typeof planAgent>[], report: Problem): void {
  const seen = new Set<string>();
  for (const [at, { draft }] of agents.entries()) {
    const folded = draft.name.toLowerCase();
    if (seen.has(folded)) report(["agents", at, "draft", "name"], `"${draft.name}" stands in the plan twice`);
    seen.add(folded);
  }
}

function checkCircles<T extends { key: string }>(
  of: string,
  field: string,
  items: readonly T[],
  next: (item: T) => readonly (string | null | undefined)[],
  report: Problem,
): void {
  const byKey = new Map(items.map((item) => [item.key, item]));
  const done = new Set<string>();
  for (const [at, start] of items.entries()) {
    const reached = new Set<string>();
    const waiting = [...next(start)];
    while (waiting.length > 0) {
      const key = waiting.pop();
      if (!key || reached.has(key) || done.has(key)) continue;
      if (key === start.key) {
        report([of, at, field], `leads back to "${start.key}"`);
        return;
      }
      reached.add(key);
      const item = byKey.get(key);
      if (item) waiting.push(...next(item));
    }
    // Whatever is reached from here leads to no circle through here; a later start may skip it.
    done.add(start.key);
  }
}

/** What of a plan is approved; a list that is left out means all of it. */
export const planSelection = z
  .strictObject({
    agents: z.array(planKey).max(maxPlanAgents).optional(),
    issues: z.array(planKey).max(maxPlanIssues).optional(),
  })
  .meta({ id: "PlanSelection" });

/** Whether a payload means to be a plan, and not only words about one. */
export const isPlanLike = (payload: Record<string, unknown>): boolean =>
  ["version", "agents", "issues", "projects"].some((key) => key in payload);

export type Plan = z.output<typeof plan>;
export type PlanAgent = z.output<typeof planAgent>;
export type PlanIssue = z.output<typeof planIssue>;
export type PlanSelection = z.output<typeof planSelection>;
