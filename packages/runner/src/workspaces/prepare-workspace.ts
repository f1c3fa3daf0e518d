import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { resolveAllowed } from "../policy/check-folder.ts";
import { RunnerError } from "../runner-error.ts";
import { cloneRepository } from "./clone-repository.ts";
import { git } from "./git.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { prepareWorktree } from "./prepare-worktree.ts";
import { readBase, rememberBase } from "./remember-base.ts";
import { failed, type PreparedWorkspace, type WorkspacePlace } from "./workspace.ts";

/**
 * Makes the place of a run ready: the folder itself, a clone, or a worktree of either, a new one or the one that is there.
 * @throws RunnerError policy_denied; workspace_failed with what git said
 */
export async function prepareWorkspace(place: WorkspacePlace): Promise<PreparedWorkspace> {
  const { workspace } = place;
  const folder = await findFolder(place);
  const isGit = await isOwnRepository(folder, place);
  const { executionWorkspaceId, repoUrl } = workspace;
  if (workspace.mode === "worktree") {
    if (!isGit)
      throw failed(`${folder} is in no git repository that the policy allows, so there can be no worktree of it`);
    const { cwd, branch, base } = await oneAtATime(executionWorkspaceId, () => prepareWorktree(place, folder));
    return { executionWorkspaceId, cwd, branch, repoUrl, base, isGit };
  }
  const base = isGit ? await baseOfShared(folder, place) : null;
  const branch = isGit ? await currentBranch(folder) : null;
  return { executionWorkspaceId, cwd: folder, branch, repoUrl, base, isGit };
}

async function findFolder(place: WorkspacePlace): Promise<string> {
  const { workspace, policy, workFolder } = place;
  if (workspace.kind === "repository") return cloneRepository(place);
  const path = workspace.path ?? join(workFolder, "folders", workspace.executionWorkspaceId);
  const allowed = resolveAllowed(path, [...policy.allowedFolders, workFolder]);
  if (allowed === null) {
    throw new RunnerError("policy_denied", `The policy of this machine doesn't allow ${path}; see allowedFolders.`);
  }
  if (workspace.path === null) mkdirSync(allowed, { recursive: true, mode: 0o700 });
  if (!existsSync(allowed) || !statSync(allowed).isDirectory()) throw failed(`${path} is no folder on this machine`);
  return allowed;
}

/**
 * Whether a folder belongs to a repository that lies where the policy allows work, too. One that begins above, as in a home
 * that is kept in git, is none of ours: its files would be shown with the changes.
 */
async function isOwnRepository(folder: string, { policy, workFolder }: WorkspacePlace): Promise<boolean> {
  const { ok, stdout } = await git("rev-parse", ["--show-toplevel"], { cwd: folder });
  return ok && resolveAllowed(stdout.trim(), [...policy.allowedFolders, workFolder]) !== null;
}

/** What was there when the first run of this workspace began; a shared folder goes on from wherever it is. */
async function baseOfShared(folder: string, { workspace, workFolder }: WorkspacePlace): Promise<string | null> {
  const known = readBase(workFolder, workspace.executionWorkspaceId);
  const stillThere =
    known === null ? null : await git("rev-parse", ["--verify", "--quiet", `${known}^{commit}`], { cwd: folder });
  if (stillThere?.ok) return known;
  const head = await git("rev-parse", ["--verify", "--quiet", "HEAD^{commit}"], { cwd: folder });
  const base = head.ok ? head.stdout.trim() : null;
  if (base) rememberBase(workFolder, workspace.executionWorkspaceId, base);
  return base;
}

async function currentBranch(cwd: string): Promise<string | null> {
  const { ok, stdout } = await git("symbolic-ref", ["--short", "--quiet", "HEAD"], { cwd });
  return ok ? stdout.trim() : null;
}
