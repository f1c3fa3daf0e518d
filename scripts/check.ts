import { spawn } from "node:child_process";

interface Step {
  name: string;
  script: string;
  args?: readonly string[];
}

const tsc = "node_modules/typescript/bin/tsc";

/** What must hold for every change. Steps of one row run side by side. */
const rows: readonly (readonly Step[])[] = [
  [
    { name: "types of packages", script: tsc, args: ["-p", "tsconfig.json"] },
    { name: "types of the Worker", script: tsc, args: ["-p", "tsconfig.worker.json"] },
    { name: "types of the board", script: tsc, args: ["-p", "apps/web/tsconfig.json"] },
    {
      name: "format and lint",
      script: "node_modules/@biomejs/biome/bin/biome",
      args: ["ci", "--diagnostic-level=warn", "--colors=off"],
    },
    { name: "imports", script: "scripts/check-imports.ts" },
    { name: "file length", script: "scripts/check-file-length.ts" },
    { name: "doc links", script: "scripts/check-doc-links.ts" },
    { name: "no push to a git remote", script: "scripts/check-no-git-push.ts" },
    { name: "migrations are append-only", script: "scripts/check-migrations.ts" },
  ],
  [{ name: "generated files", script: "scripts/check-generated.ts" }],
];

const startedAt = Date.now();
const failed: string[] = [];
for (const row of rows) {
  const outcomes = await Promise.all(row.map(run));
  failed.push(...outcomes.filter(({ ok }) => !ok).map(({ name }) => name));
}
const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
console.log(
  failed.length === 0 ? `All checks passed in ${seconds} s.` : `Failed in ${seconds} s: ${failed.join(", ")}.`,
);
process.exit(failed.length === 0 ? 0 : 1);

function run({ name, script, args = [] }: Step): Promise<{ name: string; ok: boolean }> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve) => {
    child.once("close", (code) => {
      const took = ((Date.now() - startedAt) / 1000).toFixed(1);
      console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${took} s)`);
      if (code !== 0) console.log(Buffer.concat(output).toString().trimEnd());
      resolve({ name, ok: code === 0 });
    });
  });
}
