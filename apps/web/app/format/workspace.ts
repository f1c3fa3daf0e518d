import type {
  ExecutionWorkspace,
  ExecutionWorkspaceStatus,
  WorkspaceMode,
  WorkspaceOperation,
  WorkspaceOperationKind,
} from "@boardroom/contract";
import type { Tone } from "../ui/notice.tsx";

export const workspaceStates: Record<ExecutionWorkspaceStatus, { label: string; tone: Tone }> = {
  preparing: { label: "Preparing", tone: "active" },
  active: { label: "In use", tone: "active" },
  finalizing: { label: "Finalizing", tone: "active" },
  finalized: { label: "Finalized", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  removed: { label: "Removed", tone: "neutral" },
};

export const operationNames: Record<WorkspaceOperationKind, string> = {
  prepare: "Prepare",
  execute: "Work",
  finalize: "Finalize",
  cleanup: "Clean up",
};

export const operationStates: Record<WorkspaceOperation["status"], { label: string; tone: Tone }> = {
  running: { label: "Running", tone: "active" },
  succeeded: { label: "Succeeded", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
};

export const modeNames: Record<WorkspaceMode, string> = {
  worktree: "A worktree of its own",
  shared: "The folder itself",
};

export const modeChoices = [
  ["worktree", modeNames.worktree, "Each issue gets a branch and a folder of its own, so that runs don't meet."],
  ["shared", modeNames.shared, "Runs work in the folder as it is, one after another."],
] as const;

export const cleanupChoices = [
  ["on_issue_closed", "Remove it when the issue is closed", "The branch stays."],
  ["keep", "Keep it", "Until somebody removes it."],
] as const;

/** Whether something has to happen before others may rely on what was done there. */
export function isStuck({ status }: Pick<ExecutionWorkspace, "status">): boolean {
  return status === "failed";
}
