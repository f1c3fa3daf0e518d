import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { newCompany, type TestCompany } from "@boardroom/testing/company";
import { type Stack, startStack } from "@boardroom/testing/stack";
import { measureLargeUpload } from "./large-upload.ts";
import { measureLongLog } from "./long-log.ts";
import { percentile } from "./percentile.ts";

type Print = (line: string) => void;
const assignments = 50;
const packageFile = (path: string) => fileURLToPath(new URL(`../../packages/runner/${path}`, import.meta.url));
const program = packageFile("dist/boardroom-runner.mjs");
// Never the waiting kind: this very process serves the Worker's database.
const run = promisify(execFile);

/**
 * From the request that assigns an issue to the first line of a program on a machine: wake, hint, claim, signed job, first
 * renewal, process. One assignment at a time, through the real Worker and the real runner.
 */
export async function measureRunner(stack: Stack, print: Print): Promise<void> {
  await run(process.execPath, [packageFile("build.ts")]);
  const root = realpathSync(mkdtempSync(join(tmpdir(), "bench-runner-")));
  const company = await newCompany(stack.addresses.url);
  const runner = await startRunner(company, root);
  try {
    const took: number[] = [];
    for (let index = 0; index < assignments; index += 1) took.push(await measureOne(company, root, index));
    const [p50, p99] = [0.5, 0.99].map((share) => percentile(took, share).toFixed(0));
    print("");
    print(`Assignment to the first line of a program on a machine, ${assignments} times: p50 ${p50} ms, p99 ${p99} ms`);
    if (process.platform === "linux") {
      await measureLongLog(company, print);
      await measureLargeUpload(company, print);
    }
  } finally {
    runner.kill("SIGKILL");
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function startRunner({ board, cid, url }: TestCompany, root: string): Promise<ChildProcess> {
  const env = { PATH: process.env.PATH, HOME: root, BOARDROOM_RUNNER_HOME: join(root, "home") };
  const { code } = await board.call("runnerCodes.create", { params: { cid }, body: {} });
  const allowed = ["--allow", root, "--allow-command", process.execPath];
  await run(process.execPath, [program, "connect", code ?? "", "--url", url, "--no-start", ...allowed], { env });
  const runner = spawn(process.execPath, [program, "start"], { env, stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve) => {
    runner.stdout.on("data", (text: Buffer) => text.includes("Connected;") && resolve());
  });
  return runner;
}

/** The program writes down when it began; both clocks are the same. */
async function measureOne({ board, cid }: TestCompany, root: string, index: number): Promise<number> {
  const file = join(root, `started-${index}`);
  const script = `require("node:fs").writeFileSync(${JSON.stringify(file)}, "")`;
  const adapterConfig = { command: process.execPath, args: ["-e", script] };
  const { id: assigneeAgentId } = await board.call("agents.create", {
    params: { cid },
    body: { name: `Agent ${index}`, adapterType: "process", adapterConfig },
  });
  const begunAt = performance.now();
  const body = { title: "Do it", status: "todo", assigneeAgentId } as const;
  const issue = await board.call("issues.create", { params: { cid }, body });
  while (!existsSync(file)) await sleep(1);
  const took = performance.now() - begunAt;
  // The next one begins on a machine that rests.
  for (;;) {
    const [last] = await board.call("issues.runs", { params: { id: issue.id } });
    if (last && last.status !== "queued" && last.status !== "running") return took;
    await sleep(50);
  }
}

if (import.meta.main) {
  const stack = await startStack({ servesFiles: false, isDurable: true });
  await measureRunner(stack, (line) => process.stdout.write(`${line}\n`)).finally(() => stack.stop());
}
