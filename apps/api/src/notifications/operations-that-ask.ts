import type { OperationId } from "@boardroom/contract";

/** Calls after which something may wait for a person, so that those are told at once; the tick finds what comes otherwise. */
const asking: ReadonlySet<OperationId> = new Set<OperationId>([
  "agents.hire",
  "approvals.create",
  "approvals.resubmit",
  "approvals.undo",
  "interactions.create",
  "toolApprovals.request",
  "costs.report",
]);

/** Whether people have to be told after a call, going by what it answered. */
export function asksPeople(id: OperationId, result: unknown): boolean {
  if (id === "issues.update") {
    return typeof result === "object" && result !== null && "status" in result && result.status === "blocked";
  }
  return asking.has(id);
}
