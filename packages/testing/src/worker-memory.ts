import { readdirSync, readFileSync } from "node:fs";

/** Looks again and again at how much memory the Worker's process holds, which this one started. Needs Linux. */
export function watchWorkerMemory(): { before: number; stop(): number } {
  const worker = findWorker();
  const before = residentMegabytes(worker);
  let most = before;
  const watching = setInterval(() => {
    most = Math.max(most, residentMegabytes(worker));
  }, 50);
  return {
    before,
    stop() {
      clearInterval(watching);
      return most;
    },
  };
}

function findWorker(): number {
  const pids = readdirSync("/proc").map(Number).filter(Boolean);
  const worker = pids.find((pid) => {
    const [, name, , parent] = /^\d+ \((.*?)\) (\w) (\d+)/.exec(statOf(pid)) ?? [];
    return name === "workerd" && Number(parent) === process.pid;
  });
  if (!worker) throw new Error("There is no Worker's process to look at; this needs Linux");
  return worker;
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return "";
  }
}

function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes) / 1024);
}
