import type { Agent, BudgetIncident, Company, IssueListItem } from "@boardroom/contract";
import type { AppLoadContext } from "@remix-run/cloudflare";
import { listAgents } from "./companies.ts";

/** What stands still until somebody of the board does something, besides decisions. */
export interface Waiting {
  agents: Pick<
    Agent,
    "id" | "name" | "urlKey" | "status" | "pauseReason" | "spentMonthlyCents" | "budgetMonthlyCents"
  >[];
  blocked: Pick<
    IssueListItem,
    "id" | "identifier" | "title" | "status" | "priority" | "assigneeAgentId" | "updatedAt" | "isUnread"
  >[];
}

/** Agents in error or out of budget, and blocked issues: what the inbox's badge counts. */
export async function readWaiting(context: AppLoadContext, company: Company, limit: number): Promise<Waiting> {
  const [agents, blocked] = await Promise.all([
    listAgents(context, company),
    context.api.call("issues.list", { params: { cid: company.id }, query: { status: "blocked", limit } }),
  ]);
  return {
    agents: agents
      .filter(({ status, pauseReason }) => status === "error" || (status === "paused" && pauseReason === "budget"))
      .map(({ id, name, urlKey, status, pauseReason, spentMonthlyCents, budgetMonthlyCents }) => {
        return { id, name, urlKey, status, pauseReason, spentMonthlyCents, budgetMonthlyCents };
      }),
    blocked: blocked.map(({ id, identifier, title, status, priority, assigneeAgentId, updatedAt, isUnread }) => {
      return { id, identifier, title, status, priority, assigneeAgentId, updatedAt, isUnread };
    }),
  };
}

/** Of an agent that is out of budget its incident says more. */
export const withoutThoseOf = (waiting: Waiting, incidents: readonly Pick<BudgetIncident, "agentId">[]): Waiting => ({
  ...waiting,
  agents: waiting.agents.filter(({ id }) => !incidents.some(({ agentId }) => agentId === id)),
});
