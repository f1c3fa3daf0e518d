import type { Company } from "@boardroom/contract";
import type { AppLoadContext } from "@remix-run/cloudflare";
import { namedId } from "./id-of.ts";

type Api = AppLoadContext["api"];

/** The month's money from all sides. */
export async function readCosts(api: Api, company: Company) {
  const params = { cid: company.id };
  const query = { limit: 50 };
  const [summary, forecast, byAgent, byProject, byGoal, byBillingCode, byAgentModel, byIssue] = await Promise.all([
    api.call("costs.summary", { params, query: {} }),
    api.call("costs.forecast", { params }),
    api.call("costs.byAgent", { params, query }),
    api.call("costs.byProject", { params, query }),
    api.call("costs.byGoal", { params, query }),
    api.call("costs.byBillingCode", { params, query }),
    api.call("costs.byAgentModel", { params, query }),
    api.call("costs.byIssue", { params, query: { ...query, subtree: "true" } }),
  ]);
  return { summary, forecast, byAgent, byProject, byGoal, byBillingCode, byAgentModel, byIssue };
}

const filters = ["agent", "issue", "project", "goal", "run", "code", "provider", "model", "basis"] as const;
/** Whether the address names some of the events only. */
export const isFiltered = (search: URLSearchParams) => filters.some((name) => search.has(name));

/** Which cost events an address asks for; what it names wrongly it doesn't name. */
export function readCostFilter(search: URLSearchParams) {
  const named = (name: string) => search.get(name) || undefined;
  const id = (name: string) => namedId(search, name);
  const basis = named("basis");
  return {
    agentId: id("agent"),
    issueId: id("issue"),
    projectId: id("project"),
    goalId: id("goal"),
    heartbeatRunId: id("run"),
    billingCode: named("code"),
    provider: named("provider"),
    model: named("model"),
    basis: bases.find((each) => each === basis),
    from: instant(named("from")),
    to: instant(named("to")),
  };
}

const bases = ["reported", "estimated", "unaccounted", "corrected"] as const;

const instant = (value: string | undefined) =>
  value && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : undefined;
