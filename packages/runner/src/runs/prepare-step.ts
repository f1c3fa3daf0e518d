import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { ExecutionResult } from "@boardroom/adapters/local";
import { messageOf } from "../api/judge-error.ts";
import { resolveAllowed } from "../policy/check-folder.ts";
import { RunnerError } from "../runner-error.ts";
import type { RunnerParts } from "../runner-parts.ts";
import { prepareWorkspace } from "../workspaces/prepare-workspace.ts";
import type { PreparedWorkspace } from "../workspaces/workspace.ts";
import type { ActiveRun } from "./active-run.ts";
import type { RunReporter } from "./report-run.ts";
import { failedResult } from "./result-body.ts";

export interface RunPlace {
  cwd: string;
  workspace: PreparedWorkspace | null;
}

/** Makes the place of a run ready and tells of it; without a workspace it is the configured folder or one of the agent's own. */
export async function prepareStep(
  parts: RunnerParts,
  run: ActiveRun,
  reporter: RunReporter,
): Promise<RunPlace | { failure: ExecutionResult }> {
  const { job, journal } = run;
  if (job.workspace === null) return ownFolder(parts, run);
  const { executionWorkspaceId } = job.workspace;
  const tell = (body: Parameters<typeof reportOf>[1]) => reporter.tell(reportOf(executionWorkspaceId, body));
  journal.update({ phase: "preparing" });
  tell({ kind: "prepare", status: "running" });
  try {
    const workspace = await prepareWorkspace({
      workspace: job.workspace,
      policy: parts.machine.policy,
      workFolder: parts.home.work,
      marker: journal.entry().marker,
      signal: run.stopped,
    });
    const { cwd, branch, base } = workspace;
    tell({ kind: "prepare", status: "succeeded", cwd, branch, ...(base && { baseRef: base }) });
    return { cwd, workspace };
  } catch (error) {
    const message = messageOf(error);
    tell({ kind: "prepare", status: "failed", message: message.slice(0, 4000) });
    const isConfig = error instanceof RunnerError && error.code === "policy_denied";
    const code = error instanceof RunnerError ? error.code : "workspace_failed";
    return { failure: failedResult(code, message, isConfig ? "config" : "permanent") };
  }
}

function ownFolder({ machine, home }: RunnerParts, { job }: ActiveRun): RunPlace | { failure: ExecutionResult } {
  const configured = job.adapter.config.cwd;
  const path = typeof configured === "string" ? configured : join(home.work, "agents", job.agent.id);
  const cwd = resolveAllowed(path, [...machine.policy.allowedFolders, home.work]);
  if (cwd === null) {
    const sentence = `The policy of this machine doesn't allow ${path}; see allowedFolders in policy.json.`;
    return { failure: failedResult("policy_denied", sentence, "config") };
  }
  if (typeof configured !== "string") mkdirSync(cwd, { recursive: true, mode: 0o700 });
  return { cwd, workspace: null };
}

type ReportBody = Parameters<typeof buildLetter>[1];
const buildLetter = (
  executionWorkspaceId: string,
  body: Extract<Parameters<RunReporter["tell"]>[0], { operation: "executionWorkspaces.report" }>["body"],
) => ({ operation: "executionWorkspaces.report", executionWorkspaceId, body }) as const;

export const reportOf = (executionWorkspaceId: string, body: ReportBody) => buildLetter(executionWorkspaceId, body);
