export { listCostEvents } from "./list-cost-events.ts";
export { listCostsByAgent } from "./list-costs-by-agent.ts";
export { listCostsByIssue } from "./list-costs-by-issue.ts";
export { listCostsByProject } from "./list-costs-by-project.ts";
export { readBudgetOverview } from "./read-budget-overview.ts";
export { readCostSummary } from "./read-cost-summary.ts";
export { reportCost } from "./report-cost.ts";
export { setCompanyBudget } from "./set-company-budget.ts";
