import { readdirSync, readFileSync } from "node:fs";
import { pause } from "../connection/backoff.ts";
import { readStartTime } from "./start-time.ts";

/** A group that we started, told apart from whoever gets its number later. */
export interface StartedGroup {
  pgid: number;
  startTime: string | null;
}

/** The variable that all descendants of a run carry, wherever they went. */
export const markerName = "BOARDROOM_RUN_MARKER";

/** Processes of the group, and on Linux also those that left it but carry the marker. */
export function findMembers(group: StartedGroup, marker: string): { hasGroup: boolean; strays: number[] } {
  const marked = findMarked(marker);
  const leader = readStartTime(group.pgid);
  // While a group has members nobody else gets its number; a leader that began at another time leads another group.
  const isOurs = group.startTime === null || leader === null || leader === group.startTime;
  return { hasGroup: isOurs && hasLiving(group.pgid), strays: marked.filter((pid) => pid !== process.pid) };
}

export function signalMembers(group: StartedGroup, marker: string, signal: NodeJS.Signals): void {
  const { hasGroup, strays } = findMembers(group, marker);
  if (hasGroup) send(-group.pgid, signal);
  for (const pid of strays) send(pid, signal);
}

/** Asks politely, waits for the grace, then insists. Resolves when nobody is left, or nobody more can be done away with. */
export async function endGroup(group: StartedGroup, marker: string, graceMs: number): Promise<void> {
  if (isGone(group, marker)) return;
  signalMembers(group, marker, "SIGTERM");
  if (await isGoneWithin(group, marker, graceMs)) return;
  // Who is killed can still have started another just before.
  for (let round = 0; round < 20; round += 1) {
    signalMembers(group, marker, "SIGKILL");
    if (await isGoneWithin(group, marker, 250)) return;
  }
}

/** Ends who carries a marker, wherever they are; what git was doing for a runner that was killed is among them. */
export async function endMarked(marker: string): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    const left = findMarked(marker).filter((pid) => pid !== process.pid);
    if (left.length === 0) return;
    for (const pid of left) send(pid, "SIGKILL");
    await pause(40);
  }
}

const isGone = (group: StartedGroup, marker: string): boolean => {
  const { hasGroup, strays } = findMembers(group, marker);
  return !hasGroup && strays.length === 0;
};

async function isGoneWithin(group: StartedGroup, marker: string, ms: number): Promise<boolean> {
  const endAt = performance.now() + ms;
  for (;;) {
    if (isGone(group, marker)) return true;
    if (performance.now() >= endAt) return false;
    await pause(40);
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}

/** A group of zombies that nobody buries holds nothing and does nothing: it counts as gone. */
function hasLiving(pgid: number): boolean {
  try {
    process.kill(-pgid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  if (process.platform !== "linux") return true;
  return listPids().some((pid) => {
    const fields = readStat(pid);
    return fields !== null && fields[2] === String(pgid) && fields[0] !== "Z" && fields[0] !== "X";
  });
}

function findMarked(marker: string): number[] {
  if (process.platform !== "linux") return [];
  const needle = `${markerName}=${marker}`;
  return listPids().filter((pid) => {
    try {
      const isMarked = readFileSync(`/proc/${pid}/environ`, "latin1").split("\u0000").includes(needle);
      return isMarked && !["Z", "X"].includes(readStat(pid)?.[0] ?? "X");
    } catch {
      return false;
    }
  });
}

const listPids = (): number[] => readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

/** From the state on: what comes before may hold anything. */
function readStat(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}
