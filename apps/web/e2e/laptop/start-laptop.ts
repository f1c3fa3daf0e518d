import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestBoardroom, TestCompany } from "@boardroom/testing";

const runnerFile = (path: string) => fileURLToPath(new URL(`../../../../packages/runner/${path}`, import.meta.url));
const runnerProgram = runnerFile("dist/boardroom-runner.mjs");

export interface LaptopOptions {
  /** Programs that agents may start, by absolute path. */
  programs: readonly string[];
}

/** A machine of the company with the real runner on it. */
export interface Laptop {
  /** The home of whoever it belongs to; programs keep their own files there. */
  home: string;
  /** Where agents may work; empty at first. */
  code: string;
  /** What the runner said. */
  output(): string;
  stop(): Promise<void>;
}

/** Makes a code on the board, connects with it, and starts, as the person at the laptop would. */
export async function startLaptop(
  boardroom: TestBoardroom,
  { board, cid }: TestCompany,
  { programs }: LaptopOptions,
): Promise<Laptop> {
  // As it is published.
  execFileSync(process.execPath, [runnerFile("build.ts")]);
  const home = await realpath(await mkdtemp(join(tmpdir(), "boardroom-laptop-")));
  const code = join(home, "code");
  await mkdir(code);
  const created = await board.call("runnerCodes.create", { params: { cid }, body: { name: "Nora's laptop" } });
  const said: string[] = [];
  const path = [...programs.map((program) => dirname(program)), process.env.PATH].join(delimiter);
  const env = { PATH: path, HOME: home, LANG: "C.UTF-8" };
  const start = (...args: string[]) => runProgram(env, [...args, "--home", join(home, "runner")], said);
  const allowed = ["--allow", code];
  const connecting = start("connect", created.code ?? "", "--url", boardroom.url, "--no-start", ...allowed);
  if ((await connecting.ended) !== 0) throw new Error(`The laptop could not be connected: ${said.join("")}`);
  const running = start("start");
  return {
    home,
    code,
    output: () => said.join(""),
    async stop() {
      running.child.kill("SIGTERM");
      await running.ended;
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function runProgram(env: Record<string, string>, args: readonly string[], said: string[]) {
  const child: ChildProcess = spawn(process.execPath, [runnerProgram, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => said.push(String(chunk)));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  return { child, ended };
}
