import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestCompany } from "@boardroom/testing";
import { bundleRunner } from "../../build.ts";
import { homeOf, type RunnerHome } from "../../src/home/runner-home.ts";
import { endMarked } from "../../src/processes/process-groups.ts";
import type { JournalEntry } from "../../src/runs/journal.ts";
import { listJournals } from "../../src/runs/journal.ts";

/** The program as it is published, bundled once for each file of tests. */
let bundled: Promise<string> | undefined;
async function bundle(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "runner-bundle-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  await bundleRunner(folder);
  return join(folder, "boardroom-runner.mjs");
}

/** A machine with a runner of its own: its home, its folder of projects, and the program as a real process. */
export interface TestMachine {
  home: RunnerHome;
  /** Where agents may work. */
  projects: string;
  /** Runs a command of the program to its end. */
  run(...args: string[]): Promise<{ code: number | null; output: string }>;
  /** Starts it, and waits until it is connected. */
  start(): Promise<StartedRunner>;
  journals(): JournalEntry[];
  /** What lies in the outbox. */
  letters(): string[];
  /** Ends all that was started here, and removes it. */
  remove(): Promise<void>;
}

export interface StartedRunner {
  pid: number;
  output(): string;
  /** Resolves when it said so. */
  untilSaid(words: string | RegExp): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  ended: Promise<number | null>;
}

export interface MachineOptions {
  url?: string;
  name?: string;
  slots?: number;
  policy?: object;
  env?: Record<string, string>;
}

/** Connects a machine to a company with a code of the board. */
export async function connectMachine(company: TestCompany, options: MachineOptions = {}): Promise<TestMachine> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "machine-")));
  const projects = join(root, "projects");
  mkdirSync(projects);
  const home = homeOf(join(root, "home"), company.cid);
  const { code } = await company.board.call("runnerCodes.create", { params: { cid: company.cid }, body: {} });
  const children = new Set<ChildProcess>();
  bundled ??= bundle();
  const program = await bundled;
  const spawnProgram = (args: readonly string[]) =>
    spawnRunner([program, ...args], join(root, "home"), options.env ?? {}, children);
  const run = async (...args: string[]) => {
    const { ended, output } = spawnProgram(args);
    return { code: await ended, output: output() };
  };
  const wanted = ["--name", options.name ?? "Laptop", "--slots", String(options.slots ?? 2), "--no-start"];
  const allowed = ["--allow", projects, "--allow-command", process.execPath];
  const connected = await run("connect", code ?? "", "--url", options.url ?? company.url, ...wanted, ...allowed);
  if (connected.code !== 0) throw new Error(`connect ended with ${connected.code}: ${connected.output}`);
  if (options.policy) {
    const policy = JSON.parse(readFileSync(home.policyFile, "utf8"));
    writeFileSync(home.policyFile, JSON.stringify({ ...policy, ...options.policy }));
  }
  return {
    home,
    projects,
    run,
    async start() {
      const started = spawnProgram(["start"]);
      await started.untilSaid(/Connected/);
      return started;
    },
    journals: () => listJournals(home.runs),
    letters: () => readdirSync(home.outbox, { recursive: true }).map(String),
    async remove() {
      const gone = [...children].map((child) => new Promise((resolve) => child.once("close", resolve)));
      for (const child of children) child.kill("SIGKILL");
      await Promise.all(gone);
      // A runner that is killed leaves its programs to its successor; here there is none.
      for (const { marker } of listJournals(home.runs)) await endMarked(marker);
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Starts the program alone, with a home that is there. */
export async function startProgram(
  args: readonly string[],
  home: string,
  env: Record<string, string> = {},
): Promise<StartedRunner> {
  bundled ??= bundle();
  return spawnRunner([await bundled, ...args], home, env, new Set());
}

function spawnRunner(
  args: readonly string[],
  home: string,
  env: Record<string, string>,
  children: Set<ChildProcess>,
): StartedRunner {
  const child = spawn(process.execPath, [...args], {
    env: { PATH: process.env.PATH, HOME: home, ...env, BOARDROOM_RUNNER_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  void ended.then(() => children.delete(child));
  return {
    pid: child.pid ?? 0,
    output: () => text,
    ended,
    async untilSaid(words) {
      const endAt = Date.now() + 30_000;
      const isSaid = () => (typeof words === "string" ? text.includes(words) : words.test(text));
      while (!isSaid()) {
        if (Date.now() > endAt || child.exitCode !== null) throw new Error(`It never said ${words}, but:\n${text}`);
        await sleep(20);
      }
    },
    async kill(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
