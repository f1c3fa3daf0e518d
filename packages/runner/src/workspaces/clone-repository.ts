import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { resolveAllowed } from "../policy/check-folder.ts";
import { matchGlob } from "../policy/match-glob.ts";
import type { Policy } from "../policy/policy.ts";
import { markerName } from "../processes/process-groups.ts";
import { RunnerError } from "../runner-error.ts";
import { git } from "./git.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { failed, type WorkspacePlace } from "./workspace.ts";

const cloneMs = 30 * 60_000;

/** The clone of a workspace's repository, made when it isn't there. */
export async function cloneRepository({
  workspace,
  policy,
  workFolder,
  marker,
  signal,
}: WorkspacePlace): Promise<string> {
  const { repoUrl, path } = workspace;
  if (repoUrl === null) throw failed("The workspace names no repository");
  const place = path ?? join(workFolder, "repositories", nameOf(repoUrl));
  const folder = resolveAllowed(place, [...policy.allowedFolders, workFolder]);
  if (folder === null) {
    throw new RunnerError("policy_denied", `The policy of this machine doesn't allow ${place}; see allowedFolders.`);
  }
  if (existsSync(join(folder, ".git"))) {
    // What the server has by now; offline, what is here is good enough.
    await git("fetch", ["--quiet", "--no-recurse-submodules", "origin"], {
      cwd: folder,
      env: { [markerName]: marker },
      timeoutMs: cloneMs,
      signal,
    });
    return folder;
  }
  checkRepository(policy, repoUrl);
  // Runs that begin together need the same one.
  return oneAtATime(folder, async () => {
    if (!existsSync(join(folder, ".git"))) await clone(repoUrl, folder, marker, signal);
    return folder;
  });
}

async function clone(repoUrl: string, folder: string, marker: string, signal: AbortSignal | undefined): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
  // Half a clone never takes the place of a whole one.
  const half = `${folder}.cloning`;
  rmSync(half, { recursive: true, force: true });
  const cloned = await git("clone", ["--quiet", "--no-recurse-submodules", "--", repoUrl, half], {
    cwd: dirname(folder),
    env: { [markerName]: marker },
    timeoutMs: cloneMs,
    signal,
  });
  if (!cloned.ok) throw failed(`${repoUrl} can't be cloned: ${cloned.stderr}`);
  renameSync(half, folder);
}

/** @throws RunnerError policy_denied for a repository that the policy doesn't name, or a form that could run programs */
export function checkRepository(policy: Policy, repoUrl: string): void {
  const isPlain =
    /^(https?:\/\/|ssh:\/\/|file:\/\/\/)\S+$/.test(repoUrl) || /^[\w.-]+@[\w.-]+:[^\s-][^\s]*$/.test(repoUrl);
  // `ssh://-oProxyCommand=…` is an option to ssh, whatever it looks like.
  const isOption = /^\w+:\/\/([^/]*@)?-/.test(repoUrl) || repoUrl.startsWith("-");
  const isNamed = policy.allowedRepositories.some((pattern) => matchGlob(pattern, repoUrl));
  if (isPlain && !isOption && isNamed && !repoUrl.includes("::") && !repoUrl.includes("/../")) return;
  throw new RunnerError(
    "policy_denied",
    `The policy of this machine doesn't allow to clone ${repoUrl}; see allowedRepositories.`,
  );
}

function nameOf(repoUrl: string): string {
  const last = /([A-Za-z0-9._-]+?)(\.git)?\/?$/.exec(repoUrl)?.[1] ?? "repository";
  const hash = createHash("sha256").update(repoUrl).digest("hex").slice(0, 10);
  return `${last.replace(/^\.+/, "")}-${hash}`;
}
