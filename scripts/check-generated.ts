import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { generateFiles } from "./checks/generate-files.ts";
import { report } from "./checks/report.ts";
import { listTrackedFiles } from "./checks/tracked-files.ts";

/** Generated files by name, with what is in them. */
function readGenerated(): Map<string, string> {
  const files = listTrackedFiles().filter((file) => /^packages\/db\/migrations\/|^docs\/openapi\.json$/.test(file));
  return new Map(files.map((file) => [file, createHash("sha256").update(readFileSync(file)).digest("hex")]));
}

const before = readGenerated();
await generateFiles();
const after = readGenerated();
report(
  [...after]
    .filter(([file, hash]) => before.get(file) !== hash)
    .map(([file]) => `${file} was not up to date; it is now. Look at it and commit it.`),
);
