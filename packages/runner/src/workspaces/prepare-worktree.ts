import { existsSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { markerName } from "../processes/process-groups.ts";
import { RunnerError } from "../runner-error.ts";
import { git } from "./git.ts";
import { readBase, rememberBase } from "./remember-base.ts";
import { failed, type WorkspacePlace } from "./workspace.ts";

/** A worktree of a repository on the branch that the workspace says; the one that is there is used again. */
export async function prepareWorktree(
  place: WorkspacePlace,
  repository: string,
): Promise<{ cwd: string; branch: string; base: string | null }> {
  const { workspace, policy, workFolder } = place;
  if (!policy.allowWorktrees) {
    throw new RunnerError("policy_denied", "The policy of this machine allows no worktrees; see allowWorktrees.");
  }
  const branch = await checkBranch(repository, workspace.branch);
  const root = policy.worktreeRoot ?? join(workFolder, "worktrees");
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const cwd = join(realpathSync(root), workspace.executionWorkspaceId);
  const remembered = readBase(workFolder, workspace.executionWorkspaceId);
  if (existsSync(cwd)) {
    const isOurs = await isWorktreeOf(cwd, repository);
    if (isOurs && remembered) return { cwd, branch: (await branchOf(cwd)) ?? branch, base: remembered };
    if (remembered) throw failed(`${cwd} is there, but is no worktree of ${repository}`);
    await clearHalfMade(repository, cwd);
  }
  // Worktrees whose folders were deleted by hand would keep their branches.
  await git("worktree", ["prune"], { cwd: repository });
  const start = await findCommit(repository, workspace.baseRef);
  const isThere = (await git("rev-parse", ["--verify", "--quiet", `refs/heads/${branch}`], { cwd: repository })).ok;
  const base = remembered ?? (isThere ? await commonCommit(repository, start, branch) : start);
  const args = isThere ? ["add", "--quiet", cwd, branch] : ["add", "--quiet", "-b", branch, cwd, start];
  mkdirSync(dirname(cwd), { recursive: true });
  const added = await git("worktree", args, {
    cwd: repository,
    env: { [markerName]: place.marker },
    timeoutMs: 10 * 60_000,
    signal: place.signal,
  });
  if (!added.ok) throw failed(`The worktree can't be made: ${added.stderr}`);
  // From here on it counts as made: an earlier crash leaves half of one, without this.
  rememberBase(workFolder, workspace.executionWorkspaceId, base);
  return { cwd, branch, base };
}

async function checkBranch(cwd: string, branch: string | null): Promise<string> {
  if (branch === null || branch.startsWith("-")) throw failed("The workspace names no branch");
  const checked = await git("check-ref-format", ["--branch", branch], { cwd });
  if (!checked.ok || checked.stdout.trim() !== branch) throw failed(`"${branch}" is not the name of a branch`);
  return branch;
}

/** Where a branch starts: what was fetched of it before what lies here, then HEAD. */
async function findCommit(cwd: string, baseRef: string | null): Promise<string> {
  const names = baseRef === null ? ["HEAD"] : [`refs/remotes/origin/${baseRef}`, `refs/heads/${baseRef}`, baseRef];
  for (const name of names) {
    if (name.startsWith("-")) continue;
    const { ok, stdout } = await git("rev-parse", ["--verify", "--quiet", `${name}^{commit}`], { cwd });
    if (ok) return stdout.trim();
  }
  throw failed(baseRef === null ? "The repository has no commit yet" : `There is no ${baseRef} in the repository`);
}

/** What a crash left of making it: no agent ever worked there. */
async function clearHalfMade(repository: string, cwd: string): Promise<void> {
  await git("worktree", ["unlock", cwd], { cwd: repository });
  await git("worktree", ["remove", "--force", cwd], { cwd: repository });
  rmSync(cwd, { recursive: true, force: true });
}

async function commonCommit(cwd: string, start: string, branch: string): Promise<string> {
  const { ok, stdout } = await git("merge-base", [start, `refs/heads/${branch}`], { cwd });
  return ok ? stdout.trim() : start;
}

async function isWorktreeOf(cwd: string, repository: string): Promise<boolean> {
  if (!existsSync(join(cwd, ".git"))) return false;
  const [own, main] = await Promise.all([commonFolder(cwd), commonFolder(repository)]);
  return own !== null && own === main;
}

async function commonFolder(cwd: string): Promise<string | null> {
  const { ok, stdout } = await git("rev-parse", ["--path-format=absolute", "--git-common-dir"], { cwd });
  return ok && existsSync(stdout.trim()) ? realpathSync(stdout.trim()) : null;
}

async function branchOf(cwd: string): Promise<string | null> {
  const { ok, stdout } = await git("symbolic-ref", ["--short", "--quiet", "HEAD"], { cwd });
  return ok ? stdout.trim() : null;
}
