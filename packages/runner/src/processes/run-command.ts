import { spawn } from "node:child_process";
import type { CommandRequest, CommandResult } from "@boardroom/adapters/local";
import { createLineReader } from "./line-reader.ts";
import { createLogFilter } from "./log-filter.ts";
import { endGroup, markerName, type StartedGroup } from "./process-groups.ts";
import { readStartTime } from "./start-time.ts";
import { createTail } from "./tail.ts";

export interface StartedCommand extends Omit<CommandRequest, "command" | "env"> {
  /** Absolute, and allowed. */
  path: string;
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Found again by it: unguessable and of this run alone. */
  marker: string;
  signal: AbortSignal;
  /** The most it may take, in milliseconds. */
  limitMs: number;
  /** Takes the output; what it answers is awaited before more is read. */
  output(stream: "stdout" | "stderr", bytes: Buffer): Promise<void>;
  /** Remembers the group before the program can do anything, so that a crash of ours leaves no orphan. */
  started(group: StartedGroup): void;
}

const defaultGraceSec = 5;
/** Children that hold the output open after the program itself ended get so long to end by themselves. */
const lingerMs = 2000;
/**
 * What is made of a piece on its way (text, lines, what waits for the rest of its line) is as large as it and soon garbage;
 * with pieces of 64 kB, as they come, memory gets holes into which nothing fits any more.
 */
const pieceBytes = 16 * 1024;

/** Runs a program in a process group of its own to its end, and ends all that it left behind. Never throws. */
export async function runCommand(command: StartedCommand): Promise<CommandResult> {
  const { path, args, cwd, env, marker, signal } = command;
  if (signal.aborted) return { ...nothing, cancelled: true };
  const child = spawn(path, [...args], {
    cwd,
    env: { ...env, [markerName]: marker },
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
  });
  const exited = new Promise<{ code: number | null; signal: string | null; error: Error | null }>((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("exit", (code, signal) => resolve({ code, signal, error: null }));
  });
  if (child.pid === undefined) {
    const { error } = await exited;
    return { ...nothing, startError: { code: "spawn_failed", message: error?.message ?? "It did not start." } };
  }
  const group = { pgid: child.pid, startTime: readStartTime(child.pid) };
  try {
    command.started(group);
  } catch (error) {
    // Nobody would find it after a crash: what can't be written down doesn't run.
    await endGroup(group, marker, 0);
    const message = error instanceof Error ? error.message : String(error);
    return { ...nothing, startError: { code: "spawn_failed", message: `It can't be written down: ${message}` } };
  }
  const tails = { stdout: createTail(), stderr: createTail() };
  const stdin = talkTo(child.stdin, command);
  const read = [
    readStream(child.stdout, command, tails.stdout, "stdout", stdin.onText),
    readStream(child.stderr, command, tails.stderr, "stderr"),
  ];
  const ending = watchEnd(command, group);
  const end = await exited;
  ending.stopWatching();
  await ending.ended;
  // The program is gone; what it started and left behind goes too.
  await endGroup(group, marker, signal.aborted ? 0 : lingerMs);
  await Promise.race([Promise.all(read), closeAfter(child, 5000)]);
  stdin.ended();
  return {
    exitCode: end.code,
    signal: end.signal,
    timedOut: ending.why() === "timeout",
    cancelled: ending.why() === "cancel",
    startError: end.error ? { code: "spawn_failed", message: end.error.message } : null,
    stdoutTail: tails.stdout.read(),
    stderrTail: tails.stderr.read(),
  };
}

const nothing: CommandResult = {
  exitCode: null,
  signal: null,
  timedOut: false,
  cancelled: false,
  startError: null,
  stdoutTail: "",
  stderrTail: "",
};

/** Ends the group when the run is aborted or out of time. */
function watchEnd({ signal, limitMs, timeoutSec, graceSec, marker }: StartedCommand, group: StartedGroup) {
  let why: "cancel" | "timeout" | null = null;
  let ended: Promise<void> = Promise.resolve();
  const end = (reason: "cancel" | "timeout") => {
    if (why !== null) return;
    why = reason;
    ended = endGroup(group, marker, (graceSec ?? defaultGraceSec) * 1000);
  };
  const onAbort = () => end("cancel");
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  const ownMs = timeoutSec === undefined ? limitMs : Math.min(limitMs, timeoutSec * 1000);
  // Timers of more than 24.8 days fire at once.
  const timer = setTimeout(() => end("timeout"), Math.min(Math.max(0, ownMs), 2 ** 31 - 1));
  return {
    why: () => why,
    get ended() {
      return ended;
    },
    stopWatching() {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    },
  };
}

/** Reads one stream no faster than it is taken. */
async function readStream(
  stream: NodeJS.ReadableStream,
  { output, logLine }: StartedCommand,
  tail: { push(bytes: Buffer): void },
  name: "stdout" | "stderr",
  onText?: (text: string | null) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  const filter = logLine && name === "stdout" ? createLogFilter(logLine) : null;
  try {
    for await (const read of stream) {
      if (typeof read === "string") continue;
      for (const bytes of cutInto(pieceBytes, read)) {
        tail.push(bytes);
        const text = onText || filter ? decoder.decode(bytes, { stream: true }) : "";
        onText?.(text);
        const kept = filter ? filter.push(text) : bytes;
        if (kept.byteLength > 0) await output(name, kept);
      }
    }
    const rest = filter?.end();
    if (rest?.byteLength) await output(name, rest);
  } catch {
    // The pipe broke with its program.
  }
  onText?.(null);
}

function* cutInto(size: number, bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Standard input, and the lines that are answered on it. */
function talkTo(stdin: NodeJS.WritableStream, { stdin: text, keepStdinOpen, onLine }: StartedCommand) {
  let isOpen = true;
  // A program that doesn't read what it is told isn't in error.
  stdin.on("error", () => {
    isOpen = false;
  });
  const end = () => {
    if (isOpen) stdin.end();
    isOpen = false;
  };
  const send = (line: string) => {
    if (isOpen) stdin.write(`${line}\n`);
  };
  if (text !== undefined) stdin.write(text);
  if (!keepStdinOpen) end();
  const lines = onLine && createLineReader((line) => onLine(line, { send, end }));
  return {
    onText: lines && ((text: string | null) => (text === null ? lines.end() : lines.push(text))),
    ended: end,
  };
}

/** Who left the group unseen may hold the pipes; nobody waits for them. */
function closeAfter(child: ReturnType<typeof spawn>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve();
    }, ms).unref();
  });
}
