import type { ExecutionContext } from "../local-adapter.ts";

/**
 * Writes the skills of a run below `root` of its scratch folder, for programs that look in a folder of a certain name.
 * @returns the absolute path of `root`'s first folder's parent: the scratch folder
 */
export async function placeSkills({ job, scratchDir, writeFile }: ExecutionContext, root: string): Promise<string> {
  for (const { key, files } of job.skills) {
    for (const { path, content } of files) await writeFile("scratch", `${root}/${key}/${path}`, content);
  }
  return scratchDir;
}
