import type { ExecutionContext } from "../local-adapter.ts";

/**
 * Writes the skills of a run below `root` of its scratch folder, for programs that look in a folder of a certain name.
 * @returns the scratch folder, in which `root` lies
 */
export async function placeSkills(context: ExecutionContext, root: string): Promise<string> {
  for (const { key, files } of context.job.skills) {
    for (const { path, content } of files) await context.writeFile("scratch", `${root}/${key}/${path}`, content);
  }
  return context.scratchDir;
}
