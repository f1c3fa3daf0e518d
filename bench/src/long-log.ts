import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestCompany } from "@boardroom/testing/company";

const megabytes = 100;
/** Lines to its standard output, as fast as they are taken. */
const flood = `
  const line = "x".repeat(999) + "\\n";
  (async () => {
    for (let bytes = 0; bytes < ${megabytes * 1e6}; bytes += line.length)
      if (!process.stdout.write(line)) await new Promise((resolve) => process.stdout.once("drain", resolve));
  })();`;

/** A program that writes 100 MB into its run's log, through the real runner and the real Worker; and what the Worker holds meanwhile. */
export async function measureLongLog({ board, cid }: TestCompany, print: (line: string) => void): Promise<void> {
  const worker = findWorker();
  const before = residentMegabytes(worker);
  let most = before;
  const watching = setInterval(() => {
    most = Math.max(most, residentMegabytes(worker));
  }, 50);
  const adapterConfig = { command: process.execPath, args: ["-e", flood] };
  const params = { cid };
  const agent = await board.call("agents.create", {
    params,
    body: { name: "Flood", adapterType: "process", adapterConfig },
  });
  const begunAt = performance.now();
  const issue = await board.call("issues.create", {
    params,
    body: { title: "Write", status: "todo", assigneeAgentId: agent.id },
  });
  for (;;) {
    const [run] = await board.call("issues.runs", { params: { id: issue.id } });
    if (run?.finishedAt) {
      clearInterval(watching);
      const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
      const stored = (run.logBytes / 1e6).toFixed(1);
      print(
        `A log of ${megabytes} MB: run ${run.status} after ${seconds} s, ${stored} MB stored; the Worker's process ${before} MB before, at most ${most} MB`,
      );
      return;
    }
    await sleep(200);
  }
}

/** The process of the Worker, which this one started. */
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
