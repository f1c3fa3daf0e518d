import type { Company } from "@boardroom/contract";
import type { AppLoadContext } from "@remix-run/cloudflare";

export interface FirstStepsDone {
  goal: boolean;
  project: boolean;
  agent: boolean;
  issue: boolean;
}

/** Which of a new company's first steps are done; null once there are agents and issues, for then it runs. */
export async function readFirstSteps(
  api: AppLoadContext["api"],
  company: Company,
  agentCount: number,
): Promise<FirstStepsDone | null> {
  const hasIssue = company.issueCounter > 0;
  if (agentCount > 0 && hasIssue) return null;
  const call = { params: { cid: company.id }, query: { limit: 1 } };
  const [goals, projects] = await Promise.all([api.call("goals.list", call), api.call("projects.list", call)]);
  return { goal: goals.length > 0, project: projects.length > 0, agent: agentCount > 0, issue: hasIssue };
}
