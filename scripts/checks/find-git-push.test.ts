import { describe, expect, it } from "vitest";
import { findGitPush } from "./find-git-push.ts";

const findIn = (text: string, file = "packages/runner/src/a.ts") => findGitPush(file, text);

describe("a push to a git remote", () => {
  it.each([
    'exec("git push")',
    'exec("git push --force origin main")',
    `exec(\`git push \${remote}\`)`,
    `exec(\`git -C \${dir} push\`)`,
    'exec("git -c core.hooksPath=/dev/null --no-pager push")',
    'exec("cd /repo && git push")',
    'exec("git " + "push")',
    'exec("git" + " push " + remote)',
    'exec("/usr/bin/git push")',
    "exec('sh -c \"git push\"')",
    "const script = `set -e\ngit add .\ngit push origin x`;",
    'spawn("git", ["push"])',
    'spawn("git", ["-C", dir, "push", "origin"])',
    'execFileSync("/usr/bin/git", ["push"])',
    'const argv = ["git", "push"];',
    'const args = ["push", "--tags"];',
    'const args = ["-c", "a=b", "push"];',
    'git("push", "origin")',
    'await runGit(cwd, "push")',
    'repo.git(["push"])',
    'spawn("git", [...options, "push"])',
  ])("is found in %s", (code) => {
    expect(findIn(code)).toHaveLength(1);
  });

  it("is found in shell scripts", () => {
    expect(findIn("set -e\n  git push origin main\n", "packages/runner/a.sh")).toEqual([
      "packages/runner/a.sh:2: pushes to a git remote; agents' work stays on the machine",
    ]);
  });
});

it.each([
  "list.push(1)",
  'words.push("git")',
  "// git push is never called",
  "/* git push\n git push */",
  'git("status")',
  'spawn("git", ["log", "push"])',
  'exec("git pushes nothing")',
  'exec("digit push")',
  'const actions = ["pull", "push"];',
  'web("push")',
])("is not found in %s", (code) => {
  expect(findIn(code)).toEqual([]);
});

describe("the permission of a line", () => {
  it("counts on the line itself and on the one before, for that line alone", () => {
    expect(findIn('exec("git push"); // boardroom:allow-git-push: the operator set a mirror')).toEqual([]);
    expect(findIn('// boardroom:allow-git-push: the operator set a mirror\nexec("git push");')).toEqual([]);
    expect(
      findIn('// boardroom:allow-git-push: the operator set a mirror\nexec("git push");\nexec("git push");'),
    ).toEqual(["packages/runner/src/a.ts:3: pushes to a git remote; agents' work stays on the machine"]);
  });

  it("needs a reason", () => {
    for (const comment of [
      "// boardroom:allow-git-push",
      "// boardroom:allow-git-push:",
      "// boardroom:allow-git-push: ok",
    ]) {
      expect(findIn(`exec("git push"); ${comment}`)).toHaveLength(2);
    }
  });
});
