import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JobWorkspace } from "@boardroom/contract";
import { afterAll, describe, expect, it } from "vitest";
import { policySchema } from "../policy/policy.ts";
import { checkRepository } from "./clone-repository.ts";
import { collectChanges } from "./collect-changes.ts";
import { prepareWorkspace } from "./prepare-workspace.ts";
import { removeWorktree } from "./remove-worktree.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "workspaces-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const env = { PATH: process.env.PATH ?? "", HOME: root, GIT_CONFIG_NOSYSTEM: "1" };
const git = (cwd: string, ...args: string[]) =>
  execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], { cwd, env })
    .toString()
    .trim();

/** A repository with a commit on `main`, and a hook that would tell if it ever ran. */
function newRepository() {
  const folder = join(root, randomUUID());
  mkdirSync(folder);
  git(folder, "init", "--quiet", "--initial-branch=main");
  writeFileSync(join(folder, "read.me"), "hello\n");
  git(folder, "add", ".");
  git(folder, "commit", "--quiet", "-m", "First");
  for (const hook of ["post-checkout", "pre-commit", "post-index-change"]) {
    const file = join(folder, ".git/hooks", hook);
    writeFileSync(file, `#!/bin/sh\ntouch ${folder}.hooked\n`);
    chmodSync(file, 0o755);
  }
  return folder;
}

const policyFor = (over: object = {}) => policySchema.parse({ version: 1, allowedFolders: [root], ...over });
const newWork = () => join(root, `work-${randomUUID()}`);
function placeOf(workspace: Partial<JobWorkspace>, workFolder = newWork(), policy = policyFor()) {
  mkdirSync(workFolder, { recursive: true });
  const whole: JobWorkspace = {
    executionWorkspaceId: randomUUID(),
    mode: "worktree",
    kind: "folder",
    path: null,
    repoUrl: null,
    baseRef: null,
    branch: "boardroom/acme-1-say-hello",
    cwd: null,
    ...workspace,
  };
  return { workspace: whole, workFolder, policy, marker: "test" };
}

describe("making a workspace ready", () => {
  it("makes a worktree on its own branch and leaves the folder itself alone", async () => {
    const repository = newRepository();
    const place = placeOf({ path: repository });
    const { cwd, branch, base } = await prepareWorkspace(place);
    expect(git(cwd, "rev-parse", "--abbrev-ref", "HEAD")).toBe("boardroom/acme-1-say-hello");
    expect(branch).toBe("boardroom/acme-1-say-hello");
    expect(base).toBe(git(repository, "rev-parse", "main"));
    expect(git(repository, "rev-parse", "--abbrev-ref", "HEAD")).toBe("main");
    expect(existsSync(`${repository}.hooked`)).toBe(false);
  });

  it("uses the worktree of the run before again, with what that left", async () => {
    const place = placeOf({ path: newRepository() });
    const first = await prepareWorkspace(place);
    writeFileSync(join(first.cwd, "half.txt"), "half done\n");
    git(first.cwd, "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--allow-empty", "-m", "Step");
    const again = await prepareWorkspace(place);
    expect(again).toEqual(first);
    expect(readFileSync(join(again.cwd, "half.txt"), "utf8")).toBe("half done\n");
  });

  it("gives parallel runs worktrees of their own", async () => {
    const repository = newRepository();
    const one = await prepareWorkspace(placeOf({ path: repository, branch: "a" }));
    const other = await prepareWorkspace(placeOf({ path: repository, branch: "b" }));
    expect(one.cwd).not.toBe(other.cwd);
  });

  it("takes up the branch again after the worktree was removed", async () => {
    const repository = newRepository();
    const place = placeOf({ path: repository });
    const { cwd } = await prepareWorkspace(place);
    writeFileSync(join(cwd, "kept.txt"), "kept\n");
    git(cwd, "add", ".");
    git(cwd, "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", "Kept");
    expect((await removeWorktree(place.workspace, place)).status).toBe("succeeded");
    expect(existsSync(cwd)).toBe(false);
    const again = await prepareWorkspace(place);
    expect(existsSync(join(again.cwd, "kept.txt"))).toBe(true);
    expect((await collectChanges(again)).map(({ kind }) => kind)).toEqual(["branch", "commit", "diff"]);
  });

  it("makes anew what a crash left half made", async () => {
    const place = placeOf({ path: newRepository() });
    const { cwd, base } = await prepareWorkspace(place);
    rmSync(join(place.workFolder, "bases"), { recursive: true });
    rmSync(join(cwd, "read.me"));
    expect((await prepareWorkspace(place)).base).toBe(base);
    expect(existsSync(join(cwd, "read.me"))).toBe(true);
  });

  it("starts at the base that the workspace names, and says when there is none", async () => {
    const repository = newRepository();
    git(repository, "branch", "release");
    git(repository, "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--allow-empty", "-m", "Second");
    const { base } = await prepareWorkspace(placeOf({ path: repository, baseRef: "release" }));
    expect(base).toBe(git(repository, "rev-parse", "release"));
    await expect(prepareWorkspace(placeOf({ path: repository, baseRef: "gone" }))).rejects.toThrow(/There is no gone/);
  });

  it("works in a folder itself, and makes one where none is named", async () => {
    const folder = join(root, "plain");
    mkdirSync(folder);
    expect(await prepareWorkspace(placeOf({ mode: "shared", path: folder }))).toMatchObject({
      cwd: folder,
      isGit: false,
    });
    const own = placeOf({ mode: "shared" });
    expect((await prepareWorkspace(own)).cwd).toBe(join(own.workFolder, "folders", own.workspace.executionWorkspaceId));
  });

  it("clones a repository once for runs that begin together", async () => {
    const work = newWork();
    const repoUrl = `file://${newRepository()}`;
    const policy = policyFor({ allowedRepositories: ["file:///*"] });
    const places = ["a", "b", "c", "d"].map((branch) => placeOf({ kind: "repository", repoUrl, branch }, work, policy));
    const made = await Promise.all(places.map(prepareWorkspace));
    expect(made.map(({ branch }) => branch)).toEqual(["a", "b", "c", "d"]);
  });

  it("clones a repository that the policy names, once", async () => {
    const repoUrl = `file://${newRepository()}`;
    const policy = policyFor({ allowedFolders: [], allowedRepositories: ["file:///*"] });
    const place = placeOf({ kind: "repository", repoUrl }, newWork(), policy);
    const { cwd } = await prepareWorkspace(place);
    expect(readFileSync(join(cwd, "read.me"), "utf8")).toBe("hello\n");
    expect((await prepareWorkspace(place)).cwd).toBe(cwd);
  });

  it("refuses what the policy doesn't allow", async () => {
    const repository = newRepository();
    const refused = { code: "policy_denied" };
    await expect(prepareWorkspace(placeOf({ mode: "shared", path: "/etc" }))).rejects.toMatchObject(refused);
    await expect(prepareWorkspace(placeOf({ mode: "shared", path: `${root}/../../etc` }))).rejects.toMatchObject(
      refused,
    );
    const kept = policyFor({ allowWorktrees: false });
    await expect(prepareWorkspace(placeOf({ path: repository }, newWork(), kept))).rejects.toMatchObject(refused);
    const unknown = placeOf({ kind: "repository", repoUrl: "https://evil.example/x.git" });
    await expect(prepareWorkspace(unknown)).rejects.toMatchObject(refused);
  });

  it("refuses addresses that would run a program, whatever the policy allows", () => {
    const anything = policyFor({ allowedRepositories: ["*"] });
    const hostile = [
      "ext::sh -c id",
      "-oProxyCommand=id",
      "--upload-pack=id",
      "ssh://-oProxyCommand=id/x",
      "fd::17",
      "x y",
      "",
    ];
    for (const url of [...hostile, "git@-oProxyCommand=id:x", "file:///a/../b", "ssh://a@-oProxy/x", "https://a b/"]) {
      expect(() => checkRepository(anything, url), url).toThrow(/policy/);
    }
    for (const url of ["https://github.com/a/b.git", "git@github.com:a/b.git", "ssh://git@example.com/a"]) {
      expect(() => checkRepository(anything, url), url).not.toThrow();
    }
  });

  it("refuses branches that are options or no names", async () => {
    const path = newRepository();
    for (const branch of ["--detach", "-b", "a..b", "a b", "", "HEAD^", "@{-1}", "refs/../x"]) {
      await expect(prepareWorkspace(placeOf({ path, branch })), branch).rejects.toThrow();
    }
  });
});

describe("what came out of the work", () => {
  it("is nothing where nothing changed", async () => {
    expect(await collectChanges(await prepareWorkspace(placeOf({ path: newRepository() })))).toEqual([]);
  });

  it("is the branch, its commits, and a difference with what isn't committed, which stays as it is", async () => {
    const workspace = await prepareWorkspace(placeOf({ path: newRepository() }));
    const { cwd, branch } = workspace;
    writeFileSync(join(cwd, "one.txt"), "1\n");
    git(cwd, "add", ".");
    git(cwd, "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", "One");
    writeFileSync(join(cwd, "two.txt"), "2\n2\n");
    writeFileSync(join(cwd, "read.me"), "changed\n");
    const before = git(cwd, "status", "--porcelain");
    const products = await collectChanges(workspace);
    expect(products.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      `branch ${branch}`,
      "commit One",
      "diff 3 changed files",
    ]);
    const { data } = products.at(-1) ?? {};
    expect(data).toMatchObject({
      isCut: false,
      files: [
        { path: "one.txt", added: 1, removed: 0 },
        { path: "read.me", added: 1, removed: 1 },
        { path: "two.txt", added: 2, removed: 0 },
      ],
    });
    expect(String(data?.patch)).toContain("+changed");
    expect(git(cwd, "status", "--porcelain")).toBe(before);
  });

  it("is cut at a line when it is too long to be shown", async () => {
    const workspace = await prepareWorkspace(placeOf({ path: newRepository() }));
    writeFileSync(join(workspace.cwd, "big.txt"), "a line of text\n".repeat(100_000));
    const { data } = (await collectChanges(workspace)).at(-1) ?? {};
    expect(data).toMatchObject({ isCut: true, files: [{ path: "big.txt", added: 100_000, removed: 0 }] });
    expect(JSON.stringify(data).length).toBeLessThan(400_000);
    expect(String(data?.patch).endsWith("\n")).toBe(true);
  });

  it("survives names and contents that nobody would choose", async () => {
    const workspace = await prepareWorkspace(placeOf({ path: newRepository() }));
    writeFileSync(join(workspace.cwd, "tab\tand\nline.bin"), Buffer.from([0, 255, 254, 10, 0]));
    writeFileSync(join(workspace.cwd, "-option"), "x\n");
    const { data } = (await collectChanges(workspace)).at(-1) ?? {};
    expect(data?.files).toHaveLength(2);
  });

  it("can't be told once the repository is broken", async () => {
    const workspace = await prepareWorkspace(placeOf({ path: newRepository() }));
    rmSync(join(workspace.cwd, ".git"));
    await expect(collectChanges(workspace)).rejects.toMatchObject({ code: "workspace_failed" });
  });
});

describe("removing a worktree", () => {
  it("keeps one that holds changes which aren't committed", async () => {
    const place = placeOf({ path: newRepository() });
    const { cwd } = await prepareWorkspace(place);
    writeFileSync(join(cwd, "new.txt"), "x");
    expect(await removeWorktree(place.workspace, place)).toMatchObject({ status: "failed", message: /changes/ });
    expect(existsSync(cwd)).toBe(true);
  });

  it("keeps all when the policy says so, and goes nowhere else", async () => {
    const place = placeOf({ path: newRepository() });
    const { cwd } = await prepareWorkspace(place);
    const keeping = policyFor({ removesWorktrees: false });
    expect((await removeWorktree(place.workspace, { ...place, policy: keeping })).status).toBe("failed");
    await removeWorktree({ executionWorkspaceId: "../.." }, place);
    expect(existsSync(cwd)).toBe(true);
    expect(existsSync(root)).toBe(true);
  });
});

describe("a repository whose own configuration starts programs", () => {
  /** Everything that git would start there; each would leave a file. */
  function arm(folder: string, config = join(folder, ".git")): () => string[] {
    const told = join(root, `told-${randomUUID()}`);
    mkdirSync(told);
    const program = (name: string) => `touch ${told}/${name}; cat`;
    git(folder, "config", "filter.evil.clean", program("clean"));
    git(folder, "config", "filter.evil.smudge", program("smudge"));
    git(folder, "config", "filter.evil.required", "true");
    git(folder, "config", "filter.long=er.process", program("process"));
    git(folder, "config", "core.fsmonitor", program("fsmonitor"));
    git(folder, "config", "core.sshCommand", program("ssh"));
    git(folder, "config", "log.showSignature", "true");
    git(folder, "config", "gpg.program", program("gpg"));
    git(folder, "config", "diff.external", program("external"));
    git(folder, "config", "diff.submodule", "diff");
    mkdirSync(join(config, "info"), { recursive: true });
    writeFileSync(join(config, "info/attributes"), "*.txt filter=evil diff=evil\n*.long filter=long=er\n");
    return () => readdirSync(told);
  }

  it("starts none of them", async () => {
    const repository = newRepository();
    writeFileSync(join(repository, "a.txt"), "a\n");
    git(repository, "add", ".");
    git(repository, "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "-m", "A");
    const told = arm(repository);
    const place = placeOf({ path: repository });
    const prepared = await prepareWorkspace(place);
    writeFileSync(join(prepared.cwd, "a.txt"), "changed\n");
    writeFileSync(join(prepared.cwd, "b.long"), "new\n");
    const products = await collectChanges(prepared);
    expect(JSON.stringify(products)).toContain("+changed");
    rmSync(join(prepared.cwd, "b.long"));
    await removeWorktree(place.workspace, place);
    expect(told()).toEqual([]);
  });

  it("starts none of a repository inside it, and says what that points at", async () => {
    const place = placeOf({ path: newRepository() });
    const prepared = await prepareWorkspace(place);
    const inner = join(prepared.cwd, "inner");
    mkdirSync(inner);
    git(inner, "init", "--quiet");
    writeFileSync(join(inner, "c.txt"), "c\n");
    git(inner, "add", ".");
    git(inner, "commit", "--quiet", "-m", "Inner");
    git(prepared.cwd, "add", "inner");
    const told = arm(inner);
    // As long as before, so that git would have to look at what is in it.
    writeFileSync(join(inner, "c.txt"), "d\n");
    utimesSync(join(inner, "c.txt"), 1, 1);
    const products = await collectChanges(prepared);
    expect(JSON.stringify(products)).toContain(
      `+Subproject commit ${git(inner, "-c", "core.fsmonitor=false", "rev-parse", "HEAD")}`,
    );
    expect(await removeWorktree(place.workspace, place)).toMatchObject({ status: "failed" });
    expect(told()).toEqual([]);
  });

  it("allows no transport that would start one", async () => {
    const folder = newRepository();
    const made = `${folder}.transport`;
    git(folder, "config", "protocol.ext.allow", "always");
    git(folder, "remote", "add", "origin", `ext::touch ${made}`);
    await prepareWorkspace(placeOf({ kind: "repository", path: folder, repoUrl: "https://example.com/x.git" }));
    expect(existsSync(made)).toBe(false);
  });
});

describe("a folder inside a repository that begins where the policy allows nothing", () => {
  it("is a plain folder, so that nothing around it is shown", async () => {
    const home = newRepository();
    writeFileSync(join(home, "private.txt"), "secret\n");
    const inner = join(home, "code");
    mkdirSync(inner);
    const policy = policyFor({ allowedFolders: [inner] });
    const place = { ...placeOf({ path: inner, mode: "shared" }), policy };
    const prepared = await prepareWorkspace(place);
    expect(prepared).toMatchObject({ cwd: inner, isGit: false, base: null });
    expect(await collectChanges(prepared)).toEqual([]);
    await expect(prepareWorkspace({ ...place, workspace: { ...place.workspace, mode: "worktree" } })).rejects.toThrow(
      /no git repository that the policy allows/,
    );
  });
});
