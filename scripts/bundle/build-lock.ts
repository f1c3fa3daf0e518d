import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const file = "dist/building";

/** Builds write to the same folders, so one runs at a time; another `npm start` or `npm test` waits for it. */
export async function whileBuilding<T>(work: () => Promise<T>): Promise<T> {
  mkdirSync("dist", { recursive: true });
  while (!take()) await sleep(200);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    if (!isAlive(readHolder())) rmSync(file, { force: true });
    return false;
  }
}

function readHolder(): number {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return 0;
  }
}

/** A build that was killed leaves its file behind. */
function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
