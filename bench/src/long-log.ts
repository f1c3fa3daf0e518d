import { setTimeout as sleep } from "node:timers/promises";
import type { TestCompany } from "@boardroom/testing/company";
import { watchWorkerMemory } from "@boardroom/testing/worker-memory";

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
  const memory = watchWorkerMemory();
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
      const most = memory.stop();
      const seconds = ((performance.now() - begunAt) / 1000).toFixed(1);
      const stored = (run.logBytes / 1e6).toFixed(1);
      print(
        `A log of ${megabytes} MB: run ${run.status} after ${seconds} s, ${stored} MB stored; the Worker's process ${memory.before} MB before, at most ${most} MB`,
      );
      return;
    }
    await sleep(200);
  }
}
