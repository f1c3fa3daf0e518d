import type { DecisionPolicy } from "@boardroom/contract";
import { formatDuration } from "./time.ts";

const names: Record<DecisionPolicy["type"], string> = {
  hire_agent: "Hires",
  approve_ceo_strategy: "Plans",
  budget_override_required: "Spending beyond a budget",
  request_board_approval: "Everything else that agents ask",
};

/** What decisions of a type are about. */
export const namePolicy = (type: DecisionPolicy["type"]): string => names[type];

const voters: Record<DecisionPolicy["minimumRole"], string> = {
  viewer: "members",
  operator: "operators and above",
  admin: "admins and owners",
  owner: "owners",
};

/** How decisions of a type are made: "2 votes of admins and owners, 5m to undo, urgent after 24 h". */
export function describePolicy(policy: DecisionPolicy): string {
  const { quorum, minimumRole, graceSeconds, escalateAfterSec, expiresAfterSec } = policy;
  return [
    `${quorum === 1 ? "1 vote" : `${quorum} votes`} of ${voters[minimumRole]}`,
    graceSeconds > 0 ? `${formatDuration(graceSeconds * 1000)} to undo` : null,
    escalateAfterSec === null ? null : `urgent after ${hours(escalateAfterSec)}`,
    expiresAfterSec === null ? null : `withdrawn after ${hours(expiresAfterSec)}`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

function hours(seconds: number): string {
  const all = Math.max(1, Math.round(seconds / 3600));
  return all >= 48 && all % 24 === 0 ? `${all / 24} days` : `${all} h`;
}
