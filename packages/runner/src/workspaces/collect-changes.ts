import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OperationCall, Operations } from "@boardroom/contract";
import { git } from "./git.ts";
import { failed, type PreparedWorkspace } from "./workspace.ts";

export type Product = NonNullable<OperationCall<Operations["executionWorkspaces.report"]>["body"]["products"]>[number];

const maxCommits = 40;
/** As JSON; the server takes no more of one product. */
const maxPatchChars = 350_000;
const maxFiles = 300;

/**
 * What came out of the work in a workspace: its branch, the commits since it was made, and the difference, which also holds
 * what isn't committed. Changes nothing: not the index, not the branch.
 * @throws RunnerError workspace_failed when git can't say
 */
export async function collectChanges(workspace: PreparedWorkspace): Promise<Product[]> {
  const { cwd, base, branch, isGit } = workspace;
  if (!isGit || base === null) return [];
  const commits = await listCommits(cwd, base);
  const diff = await readDiff(cwd, base);
  const products: Product[] = [];
  if (branch !== null && (commits.length > 0 || diff.patch !== "")) {
    products.push({ kind: "branch", title: branch, ref: branch });
  }
  products.push(...commits);
  if (diff.patch !== "") {
    const title = `${diff.files.length} changed ${diff.files.length === 1 ? "file" : "files"}`;
    products.push({ kind: "diff", title, ref: branch ?? workspace.executionWorkspaceId, data: diff });
  }
  return products;
}

async function listCommits(cwd: string, base: string): Promise<Product[]> {
  const args = [`--max-count=${maxCommits}`, "--format=%H%x09%s", "--end-of-options", `${base}..HEAD`, "--"];
  const { ok, stdout, stderr } = await git("log", args, { cwd });
  if (!ok) throw failed(`The commits can't be read: ${stderr}`);
  return stdout.split("\n").flatMap((line): Product[] => {
    const [hash = "", ...subject] = line.split("\t");
    const title = clean(subject.join(" ")).trim().slice(0, 300) || hash.slice(0, 12);
    return /^[0-9a-f]{40,64}$/.test(hash) ? [{ kind: "commit", title, ref: hash }] : [];
  });
}

/** The whole difference, files that git doesn't know yet included, by an index of our own. */
async function readDiff(cwd: string, base: string) {
  const folder = await mkdtemp(join(tmpdir(), "boardroom-index-"));
  const env = { GIT_INDEX_FILE: join(folder, "index") };
  try {
    await copyIndex(cwd, env.GIT_INDEX_FILE);
    const top = await topOf(cwd);
    await forgetNested(top, env);
    const added = await git("add", ["--all", "--", "."], { cwd: top, env, timeoutMs: 10 * 60_000 });
    if (!added.ok) throw failed(`The changes can't be read: ${added.stderr}`);
    const options = ["--cached", "--no-ext-diff", "--no-textconv", "--no-color", "--submodule=short"];
    const range = ["--end-of-options", base, "--"];
    const [numbers, patch] = await Promise.all([
      git("diff", [...options, "--numstat", "-z", "--no-renames", ...range], { cwd, env }),
      git("diff", [...options, ...range], { cwd, env, maxBytes: 512 * 1024 }),
    ]);
    if (!numbers.ok || !patch.ok) throw failed(`The difference can't be read: ${numbers.stderr || patch.stderr}`);
    const files = readNumbers(numbers.stdout);
    const whole = clean(patch.stdout);
    const cut = cutToJson(whole, maxPatchChars);
    const isCut = cut.length < whole.length || patch.stdout.length >= 512 * 1024 || files.length > maxFiles;
    return { patch: cut, files: files.slice(0, maxFiles), isCut };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Files that are tracked though they are ignored are known by the index alone. */
async function copyIndex(cwd: string, target: string): Promise<void> {
  const { stdout } = await git("rev-parse", ["--path-format=absolute", "--git-path", "index"], { cwd });
  const index = stdout.trim();
  if (existsSync(index)) await copyFile(index, target);
}

/**
 * Takes repositories inside this one out of the index of our own: git would look for changes in those that it knows, with
 * whatever programs their own configuration names. Added anew, they are what they point at.
 */
async function forgetNested(top: string, env: Record<string, string>): Promise<void> {
  const { ok, stdout, stderr } = await git("ls-files", ["--stage", "-z"], {
    cwd: top,
    env,
    maxBytes: 256 * 1024 * 1024,
  });
  if (!ok) throw failed(`The files can't be listed: ${stderr}`);
  const nested = stdout.split("\u0000").flatMap((line) => {
    const path = /^160000 [0-9a-f]+ \d\t(.+)$/s.exec(line)?.[1];
    return path !== undefined && existsSync(join(top, path, ".git")) ? [path] : [];
  });
  for (let at = 0; at < nested.length; at += 500) {
    const paths = nested.slice(at, at + 500);
    const forgotten = await git("update-index", ["--force-remove", "--", ...paths], { cwd: top, env });
    if (!forgotten.ok) throw failed(`The changes can't be read: ${forgotten.stderr}`);
  }
}

async function topOf(cwd: string): Promise<string> {
  const { ok, stdout } = await git("rev-parse", ["--show-toplevel"], { cwd });
  return ok ? stdout.trim() : cwd;
}

function readNumbers(text: string): { path: string; added: number; removed: number }[] {
  return text.split("\u0000").flatMap((line) => {
    const [added = "", removed = "", ...path] = line.split("\t");
    // Binary files have dashes instead of numbers.
    const count = (value: string) => (value === "-" ? 0 : Number(value));
    return path.length === 0
      ? []
      : [{ path: clean(path.join("\t")).slice(0, 1000), added: count(added), removed: count(removed) }];
  });
}

/** Whole lines, as many as fit when they are written as JSON. */
function cutToJson(text: string, maxChars: number): string {
  if (JSON.stringify(text).length <= maxChars) return text;
  let length = 2;
  let end = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", end)) {
    length += JSON.stringify(text.slice(end, at + 1)).length - 2;
    if (length > maxChars) break;
    end = at + 1;
  }
  return text.slice(0, end);
}

const clean = (text: string): string => text.replaceAll("\u0000", "\ufffd").toWellFormed();
