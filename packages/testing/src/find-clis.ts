import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The absolute path of a real CLI: in the folders that BOARDROOM_CLIS names, else in PATH; null, and says so, when it isn't there. */
export function findCli(name: string): string | null {
  const folders = `${process.env.BOARDROOM_CLIS ?? ""}${delimiter}${process.env.PATH ?? ""}`.split(delimiter);
  for (const folder of folders) {
    if (!folder) continue;
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {}
  }
  console.warn(`Tests of ${name} are skipped: ${whySkipped(name)}.`);
  return null;
}

/** Says why tests of a CLI don't run. */
export function whySkipped(name: string): string {
  return `${name} isn't installed: install it anywhere and name the folder of its program in BOARDROOM_CLIS`;
}
