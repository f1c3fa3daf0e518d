import { type Approval, type PlanAgent, type PlanIssue, plan } from "@boardroom/contract";

/** An agent of a plan as the board reads it. */
export interface PlannedAgent {
  key: string;
  depth: number;
  name: string;
  title: string;
  why: string | null;
  budgetMonthlyCents: number | null;
  /** How it runs, when not as its proposer does. */
  adapterType: string | null;
}

export interface PlannedIssue {
  key: string;
  depth: number;
  title: string;
  description: string | null;
  priority: string;
  project: string | null;
  /** Who does it, of the plan or of those who are there. */
  assignee: string | null;
  waitsFor: string[];
}

export interface PlanView {
  title: string | null;
  summary: string;
  agents: PlannedAgent[];
  issues: PlannedIssue[];
  projects: string[];
}

/** A strategy's plan in reading order, those below after those above; null for one that is only words. */
export function readPlan(approval: Approval, names: Record<string, string>): PlanView | null {
  const parsed = plan.safeParse(approval.payload);
  if (!parsed.success) return null;
  const { title = null, summary, agents, issues, projects } = parsed.data;
  const nameOf = new Map(agents.map(({ key, draft }) => [key, draft.name]));
  const projectOf = new Map(projects.map(({ key, name }) => [key, name]));
  const titleOf = new Map(issues.map((issue) => [issue.key, issue.title]));
  return {
    title,
    summary,
    agents: inOrder(agents, ({ reportsToKey }) => reportsToKey).map(([agent, depth]) => shownAgent(agent, depth)),
    issues: inOrder(issues, ({ parentKey }) => parentKey).map(([issue, depth]) => ({
      ...shownIssue(issue, depth),
      project: projectOf.get(issue.projectKey ?? "") ?? null,
      assignee: nameOf.get(issue.assigneeKey ?? "") ?? names[issue.assigneeAgentId ?? ""] ?? null,
      waitsFor: (issue.blockedByKeys ?? []).map((key) => titleOf.get(key) ?? key),
    })),
    projects: projects.map(({ name }) => name),
  };
}

const shownAgent = ({ key, draft, why = null }: PlanAgent, depth: number): PlannedAgent => ({
  key,
  depth,
  name: draft.name,
  title: draft.title ?? draft.role ?? "",
  why: why ?? draft.capabilities ?? null,
  budgetMonthlyCents: draft.budgetMonthlyCents ?? null,
  adapterType: draft.adapterType ?? null,
});

const shownIssue = ({ key, title, description = null, priority = "medium" }: PlanIssue, depth: number) => ({
  key,
  depth,
  title,
  description,
  priority,
});

/** A tree written down from the top, each with how deep it stands. */
function inOrder<T extends { key: string }>(
  items: readonly T[],
  above: (item: T) => string | null | undefined,
): [T, number][] {
  const below = (key: string | null, depth: number): [T, number][] =>
    items
      .filter((item) => (above(item) ?? null) === key)
      .flatMap((item) => [[item, depth], ...below(item.key, depth + 1)] as [T, number][]);
  return below(null, 0);
}
