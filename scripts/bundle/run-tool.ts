import { spawn } from "node:child_process";

/** A tool ended with an error; the message is for people and holds what the tool said. */
export class BuildFailed extends Error {}

/** Runs a tool of node_modules quietly; its output is shown only when it fails. */
export function runTool(what: string, script: string, args: readonly string[], cwd = "."): Promise<void> {
  const startedAt = Date.now();
  console.log(`${what} …`);
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_LOG_PATH: "dist/logs",
      NO_COLOR: "1",
    },
  });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code !== 0) {
        return reject(
          new BuildFailed(`${Buffer.concat(output).toString().trim()}\n${what} failed (${code ?? signal}).`),
        );
      }
      console.log(`  done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
      resolve();
    });
  });
}
