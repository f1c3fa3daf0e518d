import { spawn } from "node:child_process";

/** What takes too long for every change. Arguments go to the soak: `npm run nightly -- --runs 1000000 --seed 7`. */
const tests = ["interleavings", "racing-verbs", "run-model", "kills"].map(
  (name) => `packages/domain/src/heartbeat/${name}.test.ts`,
);
/** A machine that is really cut off, for ten minutes: longer than any lease, and than what retries wait. */
const longCut = "packages/runner/test/long-cut.test.ts";
const longCutSeconds = 600;
const soak = process.argv.length > 2 ? process.argv.slice(2) : ["--runs", "1000000"];

const codes = [
  await run(["node_modules/vitest/vitest.mjs", "run", "--project", "unit", ...tests]),
  await run(["node_modules/vitest/vitest.mjs", "run", "--project", "worker", longCut]),
  await run(["packages/domain/test/soak/soak-command.ts", ...soak]),
];
process.exit(codes.every((code) => code === 0) ? 0 : 1);

function run(program: readonly string[]): Promise<number> {
  const env = { ...process.env, NIGHTLY: "1", BOARDROOM_LONG_CUT_SECONDS: String(longCutSeconds) };
  const child = spawn(process.execPath, [...program], { stdio: "inherit", env });
  const passOn = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, passOn);
  return new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
}
