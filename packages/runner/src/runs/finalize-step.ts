import type { ExecutionResult } from "@boardroom/adapters/local";
import { messageOf } from "../api/judge-error.ts";
import { collectChanges } from "../workspaces/collect-changes.ts";
import type { PreparedWorkspace } from "../workspaces/workspace.ts";
import type { ActiveRun } from "./active-run.ts";
import { reportOf } from "./prepare-step.ts";
import type { RunReporter } from "./report-run.ts";

/** Collects what came out of the work and tells of it. Work that nobody can look at isn't done: then the run has failed. */
export async function finalizeStep(
  { journal, lost }: ActiveRun,
  workspace: PreparedWorkspace,
  result: ExecutionResult,
  reporter: RunReporter,
): Promise<ExecutionResult> {
  if (lost.aborted) return result;
  const { executionWorkspaceId: id, cwd, branch } = workspace;
  journal.update({ phase: "finalizing" });
  reporter.tell(reportOf(id, { kind: "finalize", status: "running" }));
  try {
    const products = await collectChanges(workspace);
    reporter.tell(reportOf(id, { kind: "finalize", status: "succeeded", cwd, branch, products }));
    return result;
  } catch (error) {
    const message = messageOf(error).slice(0, 4000);
    reporter.tell(reportOf(id, { kind: "finalize", status: "failed", message }));
    if (result.status !== "succeeded") return result;
    const failure = { error: message, errorCode: "workspace_finalize_failed", errorFamily: "permanent" } as const;
    return { ...result, status: "failed", ...failure };
  }
}
