import { readFileSync } from "node:fs";
import { findForbiddenImports } from "./checks/import-rules.ts";
import { report } from "./checks/report.ts";
import { listTrackedFiles } from "./checks/tracked-files.ts";

const sources = listTrackedFiles().filter((file) => /\.(ts|tsx|mjs)$/.test(file));
report(sources.flatMap((file) => findForbiddenImports(file, readFileSync(file, "utf8"))));
