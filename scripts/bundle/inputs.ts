import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";

const sources = (folder: string) => [`${folder}/src/**/*.ts`, `${folder}/package.json`];
const shared = ["package-lock.json", "tsconfig.base.json", ...sources("packages/contract")];

/** What the board's build depends on. */
export const boardInputs = [
  ...shared,
  "apps/web/{app,public}/**/*",
  "apps/web/{package.json,tsconfig.json,vite.config.ts}",
  "scripts/bundle/build-board.ts",
];

/** What the Worker's bundle depends on. */
export const workerInputs = [
  ...boardInputs,
  ...["apps/api", "packages/adapters", "packages/db", "packages/domain"].flatMap(sources),
  "apps/web/server.ts",
  "workers/**/*.ts",
  "skills/**/*.md",
  "wrangler.toml",
  "scripts/bundle/build-worker.ts",
];

/** One hash over the names and contents of all files; tests don't count. */
export function hashFiles(patterns: readonly string[]): string {
  const hash = createHash("sha256");
  const files = globSync([...patterns]).filter((file) => !/\.test\.tsx?$/.test(file));
  for (const file of files.sort()) {
    if (!existsSync(file) || !statSync(file).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}
