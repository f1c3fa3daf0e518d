import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";

/** The coding programs that agents are tested with, as they are published. Together they take more than a gigabyte. */
const clis: Record<string, string> = {
  claude: "@anthropic-ai/claude-code",
  codex: "@openai/codex",
  gemini: "@google/gemini-cli",
  opencode: "opencode-ai",
};
/** What talks to them: each adapter by itself, and the whole way from the board to the machine and back. */
const tests = ["packages/adapters/test", "apps/web/e2e/coding-clis.test.ts"];

const folder = resolve("dist/clis");
const programs = resolve(folder, "node_modules/.bin");
mkdirSync(folder, { recursive: true });
if (!existsSync(resolve(folder, "package.json"))) writeFileSync(resolve(folder, "package.json"), '{"private":true}\n');
// One after the other: a registry that lacks one must not keep the others.
for (const [program, name] of Object.entries(clis)) {
  if (existsSync(resolve(programs, program))) continue;
  console.log(`Installing ${name} …`);
  const { status } = spawnSync("npm", ["install", "--no-audit", "--no-fund", name], { cwd: folder, stdio: "inherit" });
  if (status !== 0) console.log(`${name} could not be installed; its tests are skipped.`);
}
const BOARDROOM_CLIS = [programs, process.env.BOARDROOM_CLIS].filter(Boolean).join(delimiter);
const vitest = ["node_modules/vitest/vitest.mjs", "run", ...tests, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, vitest, { stdio: "inherit", env: { ...process.env, BOARDROOM_CLIS } });
process.exit(status ?? 1);
