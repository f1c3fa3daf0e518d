import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The files of the repository as they are in the work tree; new ones count, ignored ones don't. */
export function listTrackedFiles(): string[] {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const files = git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0");
  return [...new Set(files)].filter((file) => file !== "" && existsSync(file));
}
