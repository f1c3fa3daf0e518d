import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { RunJob } from "@boardroom/contract";
import { onTestFinished } from "vitest";
import type {
  CommandRequest,
  CommandResult,
  ExecutionContext,
  InvocationMeta,
  ToolCall,
  ToolDecision,
} from "../src/local/local-adapter.ts";

export interface TestContext extends ExecutionContext {
  /** The lines of standard output of every program, as they go into the log. */
  lines: string[];
  errorLines: string[];
  metas: InvocationMeta[];
  usages: Parameters<ExecutionContext["usage"]>[0][];
  asked: ToolCall[];
  cancel(): void;
}

export interface ContextOptions {
  env?: Record<string, string>;
  session?: ExecutionContext["session"];
  cwd?: string;
  decide?(call: ToolCall): ToolDecision | Promise<ToolDecision>;
}

/** A small runner: real folders and real programs in process groups of their own, gone with the test. */
export async function openContext(job: RunJob, options: ContextOptions = {}): Promise<TestContext> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "boardroom-run-")));
  onTestFinished(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));
  const dirs = { cwd: options.cwd ?? join(root, "cwd"), scratch: join(root, "scratch"), skills: join(root, "skills") };
  for (const dir of Object.values(dirs)) await mkdir(dir, { recursive: true });
  const controller = new AbortController();
  const heard = { lines: [], errorLines: [], metas: [], usages: [], asked: [] };
  const context: TestContext = {
    job,
    cwd: dirs.cwd,
    env: {
      PATH: process.env.PATH ?? "",
      HOME: join(root, "home"),
      PAPERCLIP_API_KEY: "local-key-of-run",
      ...options.env,
    },
    skillsDir: dirs.skills,
    scratchDir: dirs.scratch,
    session: options.session ?? null,
    signal: controller.signal,
    cancel: () => controller.abort(),
    ...heard,
    run: (command) => runProgram(context, command),
    async writeFile(dir, path, content) {
      const file = join(dirs[dir], path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content, { mode: 0o600 });
      return file;
    },
    readFile: (path) => readFile(join(dirs.cwd, path), "utf8").catch(() => null),
    async askTool(call) {
      context.asked.push(call);
      return (await options.decide?.(call)) ?? { decision: call.unlessDenied ? "allow" : "deny", note: null };
    },
    async meta(meta) {
      context.metas.push(meta);
    },
    usage: (usage) => void context.usages.push(usage),
  };
  await mkdir(context.env.HOME ?? root, { recursive: true });
  for (const { key, files } of job.skills) {
    for (const { path, content } of files) await context.writeFile("skills", `${key}/${path}`, content);
  }
  return context;
}

const tailLength = 64 * 1024;

async function runProgram(context: TestContext, request: CommandRequest): Promise<CommandResult> {
  const child = spawn(request.command, request.args, {
    cwd: context.cwd,
    env: { ...context.env, ...request.env },
    detached: true,
    stdio: "pipe",
  });
  const ended: CommandResult = {
    exitCode: null,
    signal: null,
    timedOut: false,
    cancelled: false,
    startError: null,
    stdoutTail: "",
    stderrTail: "",
  };
  const kill = () => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  };
  const timer = setTimeout(
    () => {
      ended.timedOut = true;
      kill();
    },
    (request.timeoutSec ?? 60) * 1000,
  );
  context.signal.addEventListener("abort", () => {
    ended.cancelled = true;
    kill();
  });
  const talk = { send: (line: string) => void child.stdin.write(`${line}\n`), end: () => void child.stdin.end() };
  const stdout = createInterface({ input: child.stdout }).on("line", (line) => {
    const kept = request.logLine ? request.logLine(line) : line;
    if (kept !== null) context.lines.push(kept);
    ended.stdoutTail = `${ended.stdoutTail}${line}\n`.slice(-tailLength);
    request.onLine?.(line, talk);
  });
  const stderr = createInterface({ input: child.stderr }).on("line", (line) => {
    context.errorLines.push(line);
    ended.stderrTail = `${ended.stderrTail}${line}\n`.slice(-tailLength);
  });
  // A program may end without having read what it was told.
  child.stdin.on("error", () => undefined);
  if (request.stdin) child.stdin.write(request.stdin);
  if (!request.keepStdinOpen) child.stdin.end();
  const streams = [stdout, stderr].map((stream) => new Promise<void>((resolve) => void stream.on("close", resolve)));
  await new Promise<void>((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      const code = error.code === "ENOENT" ? "command_not_found" : "spawn_failed";
      ended.startError = { code, message: `${request.command}: ${error.message}` };
      resolve();
    });
    child.on("exit", (exitCode, signal) => {
      Object.assign(ended, { exitCode, signal });
      resolve();
    });
  });
  clearTimeout(timer);
  if (!ended.startError) await Promise.all(streams);
  return ended;
}
