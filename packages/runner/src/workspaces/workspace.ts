import type { JobWorkspace } from "@boardroom/contract";
import type { Policy } from "../policy/policy.ts";
import { RunnerError } from "../runner-error.ts";

/** Where a run works, made ready. */
export interface PreparedWorkspace {
  executionWorkspaceId: string;
  cwd: string;
  branch: string | null;
  repoUrl: string | null;
  /** The commit from which changes are counted; null outside git, and in a repository without commits. */
  base: string | null;
  isGit: boolean;
}

export interface WorkspacePlace {
  workspace: JobWorkspace;
  policy: Policy;
  /** Below it the runner makes folders, clones and worktrees of its own. */
  workFolder: string;
  /** By which a later runner finds what a crash left running. */
  marker: string;
  signal?: AbortSignal;
}

export const failed = (message: string): RunnerError => new RunnerError("workspace_failed", `${message}.`);
