import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { LocalServiceError } from "../local-service-error.ts";

const STARTED_BY = "started-by";

/**
 * Clears what an earlier start left behind: a server whose starter was killed is stopped, a pid file of a dead process is
 * removed. A server whose starter still lives is left alone, and that is an error.
 */
export async function recoverDataFolder(dataDir: string): Promise<void> {
  const pidFile = join(dataDir, "postmaster.pid");
  const pid = await readPid(pidFile);
  if (pid === undefined) return;
  if (await isPostgresOf(pid, dataDir)) {
    const starter = await readPid(join(dataDir, STARTED_BY));
    if (starter !== undefined && starter !== process.pid && isAlive(starter)) {
      const message = `PostgreSQL: ${dataDir} is in use by another start (process ${starter}).`;
      throw new LocalServiceError("already_running", message);
    }
    await stopOrphan(pid, dataDir);
  }
  await rm(pidFile, { force: true });
}

/** Remembers who started the server, so that a later start can tell an orphan from a sibling. */
export async function rememberStarter(dataDir: string): Promise<void> {
  await writeFile(join(dataDir, STARTED_BY), `${process.pid}\n`);
}

async function stopOrphan(pid: number, dataDir: string): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < 5000; waitedMs += 20) {
      if (!isAlive(pid)) return;
      await sleep(20);
    }
  }
  throw new LocalServiceError(
    "already_running",
    `PostgreSQL: process ${pid} still uses ${dataDir} and can't be stopped.`,
  );
}

async function readPid(path: string): Promise<number | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  const pid = Number.parseInt(text, 10);
  return pid > 1 ? pid : undefined;
}

/** A pid is reused in time, so the process must also look like our server. */
async function isPostgresOf(pid: number, dataDir: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const command = await readCommand(pid);
  return command.includes("postgres") && (command.includes(dataDir) || command.includes(basename(dataDir)));
}

async function readCommand(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, "utf8")).replaceAll("\0", " ");
  } catch {
    const listed = await promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]).catch(() => undefined);
    return listed?.stdout ?? "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
