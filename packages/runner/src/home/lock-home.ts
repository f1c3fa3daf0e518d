import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readStartTime } from "../processes/start-time.ts";
import { RunnerError } from "../runner-error.ts";
import type { RunnerHome } from "./runner-home.ts";

/**
 * Keeps a second runner out of a home: two would take each other's orphans for dead. The answer lets go.
 * @throws RunnerError already_running
 */
export function lockHome(home: RunnerHome): () => void {
  const mine = `${process.pid} ${readStartTime(process.pid) ?? ""}`;
  const own = `${home.lockFile}.${process.pid}`;
  writeFileSync(own, mine, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (tryLink(own, home.lockFile)) return () => release(home.lockFile, mine);
      const holder = readHolder(home.lockFile);
      if (holder !== null && isAlive(holder)) {
        const message = `A runner of this company runs here already (process ${holder.pid}).`;
        throw new RunnerError("already_running", message);
      }
      rmSync(home.lockFile, { force: true });
    }
    throw new RunnerError("already_running", "Another runner is just starting here.");
  } finally {
    rmSync(own, { force: true });
  }
}

interface Holder {
  pid: number;
  startTime: string;
}

/** A link is made by one process alone, and its content is there at once. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(file: string): Holder | null {
  try {
    const [pid = "", ...startTime] = readFileSync(file, "utf8").split(" ");
    return { pid: Number(pid), startTime: startTime.join(" ") };
  } catch {
    return null;
  }
}

/** A pid may have been given to somebody else since. */
function isAlive({ pid, startTime }: Holder): boolean {
  const started = readStartTime(pid);
  return started !== null && (startTime === "" || started === startTime);
}

function release(file: string, mine: string): void {
  try {
    if (readFileSync(file, "utf8") === mine) rmSync(file, { force: true });
  } catch {
    // Whoever removed it has what they wanted.
  }
}
