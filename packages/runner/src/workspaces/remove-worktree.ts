import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isWithin } from "../policy/check-folder.ts";
import type { Policy } from "../policy/policy.ts";
import { git } from "./git.ts";

export type Removal = { status: "succeeded"; message: string | null } | { status: "failed"; message: string };

/** Removes the worktree of a finished issue when the policy lets it, it is one of ours, and nothing in it would be lost. */
export async function removeWorktree(
  order: { executionWorkspaceId: string },
  { policy, workFolder }: { policy: Policy; workFolder: string },
): Promise<Removal> {
  if (!policy.removesWorktrees) return failed("The policy of this machine keeps worktrees");
  // Where we made it, never where somebody says it is.
  const root = policy.worktreeRoot ?? join(workFolder, "worktrees");
  const cwd = resolve(root, order.executionWorkspaceId);
  if (!existsSync(cwd)) return { status: "succeeded", message: "It was gone already." };
  if (!isWithin(realpathSync(root), realpathSync(cwd)) || dirname(cwd) !== resolve(root)) {
    return failed("It lies outside the folder of worktrees");
  }
  const common = await git("rev-parse", ["--path-format=absolute", "--git-common-dir"], { cwd });
  if (!common.ok) return failed("It is no worktree");
  // Nobody looks into submodules, whose configuration is their own; git doesn't remove what has some.
  const changes = await git("status", ["--porcelain", "--untracked-files=normal", "--ignore-submodules=all"], { cwd });
  if (!changes.ok || changes.stdout.trim() !== "") return failed("It holds changes that aren't committed");
  // Without --force git itself refuses to throw anything away. The branch stays.
  const removed = await git("worktree", ["remove", cwd], { cwd: dirname(common.stdout.trim()) });
  return removed.ok ? { status: "succeeded", message: null } : failed(removed.stderr);
}

const failed = (message: string): Removal => ({ status: "failed", message: `${message.slice(0, 2000)}.` });
