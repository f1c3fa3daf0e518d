const known: Record<string, string> = {
  approval_decided: "a decision was made",
  issue_assigned: "an issue was assigned",
  issue_status_changed: "an issue changed its state",
  resumed: "the agent was resumed",
  run_now: "somebody asked for a run",
  timer: "the timer",
  no_work: "there was no open work",
};

/** Why an agent woke or was not woken: a code of the system in words, or what somebody wrote. */
export function describeWake(reason: string): string {
  return known[reason] ?? (/^[a-z]+(_[a-z]+)+$/.test(reason) ? reason.replaceAll("_", " ") : reason);
}
