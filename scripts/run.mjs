// Runs a task of this repository. Plain JavaScript, because any Node from 20 on starts it: it installs what is
// missing and then hands over to the Node 24 that comes with the packages, which runs TypeScript as it is.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages } from "./install-packages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The programs of each task, run one after the other while they succeed. Further arguments go to the last one. */
const tasks = {
  start: [["scripts/build.ts"], ["packages/local/src/start/main.ts"]],
  test: [["scripts/build.ts"], ["scripts/test.ts"]],
  "test:clis": [["scripts/build.ts"], ["scripts/test-clis.ts"]],
  check: [["scripts/check.ts"]],
  bench: [
    ["scripts/build.ts"],
    ["bench/src/main.ts"],
    ["apps/web/scripts/measure-bundle.mjs"],
    ["node_modules/vitest/vitest.mjs", "run", "apps/api/test/request-count.test.ts"],
  ],
  soak: [["packages/domain/test/soak/soak-command.ts"]],
  nightly: [["scripts/build.ts"], ["scripts/nightly.ts"]],
  build: [["scripts/build.ts", "--sizes"]],
  generate: [["scripts/generate.ts"]],
  format: [["node_modules/@biomejs/biome/bin/biome", "check", "--write"]],
};

const [name = "", ...args] = process.argv.slice(2);
const programs = Object.hasOwn(tasks, name) ? tasks[name] : null;
if (!programs) fail(`There is no task "${name}". Tasks: ${Object.keys(tasks).join(", ")}.`);

const problem = await installPackages(root);
if (problem) fail(problem);

for (const [index, program] of programs.entries()) {
  const code = await run([...program, ...(index === programs.length - 1 ? args : [])]);
  if (code !== 0) process.exit(code);
}

/** Runs one program with our Node and our tools first in the path; signals are passed on and its exit code is ours. */
function run(program) {
  const bin = join(root, "node_modules", ".bin");
  const node = existsSync(join(bin, "node")) ? join(bin, "node") : process.execPath;
  const child = spawn(node, program, {
    cwd: root,
    stdio: "inherit",
    // A group of its own: the terminal's Ctrl-C reaches it once, through us, and not each of its parts at once.
    detached: name === "start",
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ""}` },
  });
  // We stay until the child has cleaned up behind itself, so a signal ends us only through it.
  const passOn = (signal) => child.kill(signal);
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, passOn);
  return new Promise((resolve) => {
    child.once("error", (error) => fail(`${program[0]} could not be started: ${error.message}`));
    child.once("close", (code, signal) => {
      for (const each of signals) process.off(each, passOn);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
