import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writePrivateFile } from "../home/write-private-file.ts";

const fileOf = (workFolder: string, executionWorkspaceId: string) =>
  join(workFolder, "bases", `${executionWorkspaceId}.txt`);

/** The commit from which a workspace's changes are counted, over all of its runs. */
export const rememberBase = (workFolder: string, executionWorkspaceId: string, commit: string): void =>
  writePrivateFile(fileOf(workFolder, executionWorkspaceId), commit);

export function readBase(workFolder: string, executionWorkspaceId: string): string | null {
  try {
    const commit = readFileSync(fileOf(workFolder, executionWorkspaceId), "utf8").trim();
    return /^[0-9a-f]{40,64}$/.test(commit) ? commit : null;
  } catch {
    return null;
  }
}
