import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { instructionsFolder } from "@boardroom/adapters/local";
import type { RunJob } from "@boardroom/contract";
import { isWithin } from "../policy/check-folder.ts";
import { RunnerError } from "../runner-error.ts";

/** The folders of one run that are gone after it. */
export interface TemporaryFolders {
  skillsDir: string;
  scratchDir: string;
  /** @returns the absolute path @throws RunnerError policy_denied for a path that leads outside */
  write(dir: "scratch" | "skills", path: string, content: string): Promise<string>;
  remove(): Promise<void>;
}

/** Makes them, with the job's skills in the one: a folder per skill, and one of the agent's instructions. */
export async function makeTemporaryFolders(
  skills: RunJob["skills"],
  instructions: RunJob["instructions"] = [],
): Promise<TemporaryFolders> {
  const root = await mkdtemp(join(tmpdir(), "boardroom-run-"));
  const folders = { skills: join(root, "skills"), scratch: join(root, "scratch") };
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { mode: 0o700 })));
  const write = async (dir: "scratch" | "skills", path: string, content: string) => {
    const target = resolve(folders[dir], path);
    if (path.includes("\u0000") || target === folders[dir] || !isWithin(folders[dir], target)) {
      throw new RunnerError("policy_denied", `"${path.slice(0, 200)}" leads out of the run's temporary folder.`);
    }
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeFile(target, content, { mode: 0o600 });
    return target;
  };
  for (const { key, files } of skills) {
    for (const { path, content } of files) await write("skills", `${key}/${path}`, content);
  }
  for (const { path, content } of instructions) await write("skills", `${instructionsFolder}/${path}`, content);
  return {
    skillsDir: folders.skills,
    scratchDir: folders.scratch,
    write,
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}
