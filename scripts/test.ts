import { spawn } from "node:child_process";

// Vitest prints the counts last, in a line of its own; see counting-reporter.ts.
const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)], {
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
child.once("close", (code) => process.exit(code ?? 1));
