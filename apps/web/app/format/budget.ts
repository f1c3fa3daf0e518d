import type { BudgetIncident, BudgetPolicy } from "@boardroom/contract";

type Windowed = Pick<BudgetPolicy, "window" | "windowDays">;

/** "per month", "in 7 days". */
export function describeWindow({ window, windowDays }: Windowed): string {
  if (window === "rolling") return `in any ${windowDays} days`;
  return window === "lifetime" ? "in all" : `per ${window}`;
}

/** Whose budget it is. */
export function describeScope({ scope, name }: Pick<BudgetPolicy, "scope" | "name">): string {
  return scope === "company" ? "The company" : (name ?? (scope === "agent" ? "A former agent" : "A former project"));
}

/** What happened, in a sentence without its end. */
export function describeIncident(incident: BudgetIncident): string {
  const whose = describeScope(incident);
  if (incident.threshold === "alert") return `${whose} is near its budget`;
  return incident.hardStop ? `${whose} is stopped: its budget is used up` : `${whose} is over its budget`;
}

/** What came of it. */
export function describeAction({ action }: BudgetIncident): string {
  switch (action) {
    case "raise_budget_and_resume":
      return "Raised and resumed";
    case "keep_paused":
      return "Kept stopped";
    case "dismiss":
      return "Dismissed";
    case "budget_changed":
      return "The budget was changed";
    case "window_ended":
      return "A new span began";
    case "stopped":
      return "It was used up after that";
    default:
      return "Open";
  }
}

/** A budget to propose: half as much again as the old one, but above what is spent, in whole dollars. */
export function proposedCents({ amountCents, spentNowCents }: BudgetIncident): number {
  return Math.ceil((Math.max(amountCents, spentNowCents) * 1.5) / 100) * 100 || 1000;
}
