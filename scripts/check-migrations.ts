import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { report } from "./checks/report.ts";

const folder = "packages/db/migrations";
const git = (...args: string[]) =>
  execFileSync("git", args, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();

/** The branch that databases out there were migrated from: everything on it is written in stone. */
function findBase(): string | null {
  for (const branch of ["origin/main", "main"]) {
    try {
      const base = git("merge-base", "HEAD", branch);
      // On the branch itself, what was committed before its newest commit.
      return base === git("rev-parse", "HEAD") ? git("rev-parse", "--verify", "-q", "HEAD~1") : base;
    } catch {
      // No such branch, or no common history: the next one.
    }
  }
  return null;
}

const base = findBase();
const published = base === null ? [] : git("ls-tree", "-r", "--name-only", base, folder).split("\n");
report(
  published
    .filter((file) => file.endsWith(".sql"))
    .flatMap((file) => {
      if (!existsSync(file)) return [`${file}: was committed before and is gone; migrations are only added`];
      const isSame = readFileSync(file, "utf8").trim() === git("show", `${base}:${file}`);
      return isSame ? [] : [`${file}: was committed before and changed; write a new migration instead`];
    }),
);
