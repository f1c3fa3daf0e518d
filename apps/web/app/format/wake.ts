import type { InvocationSource } from "@boardroom/contract";

export interface WakeCause {
  source: InvocationSource;
  reason: string;
  issueIdentifier: string | null;
  /** Who wrote the comment, or the agent whose run caused it. */
  causedBy: string | null;
}

/** What woke an agent, to stand after "Woken by": "Olga's comment on ACME-12". */
export function nameCause({ source, reason, issueIdentifier, causedBy }: WakeCause): string {
  const issue = issueIdentifier ?? "an issue";
  const known = causes[reason];
  if (known) return known(issue, causedBy ?? "somebody");
  const said = words(reason);
  return causedBy ? `${causedBy}: ${said}` : source === "on_demand" ? `hand: ${said}` : said;
}

const causes: Record<string, (issue: string, who: string) => string> = {
  timer: () => "its timer",
  run_now: () => "somebody who asked for a run",
  issue_assigned: (issue) => `the assignment of ${issue}`,
  issue_status_changed: (issue) => `a new state of ${issue}`,
  issue_commented: (issue, who) => `${who}'s comment on ${issue}`,
  issue_mentioned: (issue, who) => `${who}'s mention on ${issue}`,
  issue_blockers_resolved: (issue) => `the last blocker of ${issue} being done`,
  issue_children_completed: (issue) => `the last sub-issue of ${issue} being closed`,
  issue_stranded: (issue) => `Boardroom, because ${issue} was left behind`,
  approval_decided: () => "a decision of the board",
  issue_blocked: (issue) => `${issue} being blocked, which it is to solve`,
  issue_escalated: (issue) => `the escalation of ${issue}`,
  review_requested: (issue) => `the review of ${issue}`,
  review_decided: (issue) => `the reviewer's answer on ${issue}`,
  hold_released: (issue) => `${issue} going on after a pause`,
  interaction_resolved: (issue) => `the board's answer on ${issue}`,
  agent_resumed: () => "being resumed",
  resumed: () => "being resumed",
  routine_fired: (issue) => `a routine, for ${issue}`,
  plugin: () => "a plugin",
  run_lost: () => "Boardroom, to try again what a lost run left",
  run_failed: () => "Boardroom, to try again what a failed run left",
};

/** Why a wake came to nothing, to stand after "Not woken:". */
export function nameSkip(reason: string): string {
  return skips[reason] ?? words(reason);
}

const skips: Record<string, string> = {
  no_work: "there was no open work",
  hop_limit: "too many wakes in a row (hop limit)",
  wake_on_demand_off: "it takes timer heartbeats only",
  agent_paused: "it was paused",
  agent_terminated: "it was terminated",
  agent_pending_approval: "it waits for the board's approval",
  agent_error: "it was in error",
  budget_exhausted: "its budget was used up",
  project_budget_exhausted: "the project's budget was used up",
  company_budget_exhausted: "the company's budget was used up",
  company_paused: "the company was paused",
  company_archived: "the company was archived",
  issue_closed: "the issue was closed before",
  issue_reassigned: "the issue was given to somebody else",
  issue_blocked: "the issue waits for other issues",
  blocked: "the issue waits for other issues",
  cancelled: "its run was cancelled before it began",
};

/** What a queued run waits for, to stand after "Waits:". */
export function nameWait(reason: string): string {
  return waits[reason] ?? words(reason);
}

const waits: Record<string, string> = {
  concurrency: "the agent is at its limit of runs at a time",
  company_concurrency: "the company is at its limit of runs at a time",
  task_running: "another run of this task",
  issue_held: "another agent holds the issue",
  subtree_held: "the issue, or one above it, is paused",
  storm_breaker: "its last runs changed nothing, so this task rests a while",
  daily_runs: "its runs of today are used up",
  daily_cost: "its money of today is used up",
  budget_reserved: "what is left of a budget is set aside for runs under way",
  runner: "a runner that can take it",
  workspace_finalizing: "the work it builds on to be finalized",
};

/** A code of the system in words; what somebody wrote stays as it is. */
function words(reason: string): string {
  return /^[a-z]+(_[a-z]+)*$/.test(reason) ? reason.replaceAll("_", " ") : reason;
}
