import { createHash } from "node:crypto";
import { chmodSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunnerHome } from "../home/runner-home.ts";
import { createLineReader } from "../processes/line-reader.ts";
import type { RunningRunner } from "../start-runner.ts";

/** What a running runner is asked on its own machine. */
export type ControlCommand = "status" | "drain";

/** Systems allow about a hundred bytes for such a path. */
const maxPathBytes = 100;

export function controlPath(home: RunnerHome): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\boardroom-runner-${hashOf(home.folder)}`;
  const path = join(home.folder, "control.sock");
  return Buffer.byteLength(path) <= maxPathBytes
    ? path
    : join(tmpdir(), `boardroom-runner-${hashOf(home.folder)}.sock`);
}

/** Answers commands of the same user: a line comes, a line goes. The answer closes it. */
export async function serveControl(home: RunnerHome, runner: RunningRunner): Promise<() => void> {
  const path = controlPath(home);
  if (process.platform !== "win32") rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.setTimeout(5000, () => socket.destroy());
    const lines = createLineReader((line) => {
      if (line === "drain") runner.drain();
      socket.end(`${JSON.stringify(line === "status" || line === "drain" ? runner.status() : null)}\n`);
    }, 1000);
    socket.setEncoding("utf8");
    socket.on("data", (text) => lines.push(String(text)));
  });
  const umask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
  } finally {
    process.umask(umask);
  }
  if (process.platform !== "win32") chmodSync(path, 0o600);
  return () => server.close();
}

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
