import {
  listCostEvents,
  listCostsByAgent,
  listCostsByIssue,
  listCostsByProject,
  readBudgetOverview,
  readCostSummary,
  reportCost,
  setCompanyBudget,
} from "@boardroom/domain";
import type { HandlersOf } from "./handler.ts";

export const moneyHandlers: HandlersOf<"costs" | "budgets"> = {
  "costs.report": reportCost,
  "costs.events": listCostEvents,
  "costs.summary": readCostSummary,
  "costs.byAgent": listCostsByAgent,
  "costs.byProject": listCostsByProject,
  "costs.byIssue": listCostsByIssue,
  "budgets.setCompany": setCompanyBudget,
  "budgets.overview": readBudgetOverview,
};
