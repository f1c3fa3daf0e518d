import type { EnvironmentCheck, RunJob, RunResult } from "@boardroom/contract";
import type { AdapterDefinition } from "../definition.ts";

/** A kind of agent that a runner starts as a program on its machine. External ones have the same shape. */
export interface LocalAdapter {
  readonly definition: AdapterDefinition & { readonly place: "runner" };
  /** The program it needs, by its usual name: the runner looks for it and says its version. Null needs none. */
  readonly program: { name: string; versionArgs: readonly string[] } | null;
  /** Runs the agent once, to its end. Never throws for what a program may do: trouble is a result. */
  execute(context: ExecutionContext): Promise<ExecutionResult>;
  /** Looks, without doing anything, at whether it would work here. Never throws for what it may find. */
  testEnvironment(context: EnvironmentTestContext): Promise<EnvironmentCheck[]>;
  /** A line of the program's output as a terminal shows it; null for what isn't worth a line. */
  formatEvent(line: string, options: { debug: boolean; color: boolean }): string | null;
}

/** What a run may do, all of it through the runner: an adapter starts no process and opens no file by itself. */
export interface ExecutionContext {
  job: RunJob;
  /** Where the program works: the folder or worktree of the run. */
  cwd: string;
  /** `PAPERCLIP_…` of the run, the agent's own variables and its secrets, already filtered by the local policy. */
  env: Readonly<Record<string, string>>;
  /** A temporary folder with one folder per skill, gone after the run; never inside `cwd`. */
  skillsDir: string;
  /** Another temporary folder for what the adapter has to write: settings, prompts. Gone after the run. */
  scratchDir: string;
  /** The session of an earlier run, when it was made on this machine and in this folder; else null. */
  session: { id: string; params: Record<string, unknown> } | null;
  /** Starts a program in a process group of its own, if the local policy lets it. Its output goes to the run's log as it comes. */
  run(command: CommandRequest): Promise<CommandResult>;
  /** Writes a file into `scratchDir` or `skillsDir`, mode 0600. @returns its absolute path */
  writeFile(dir: "scratch" | "skills", path: string, content: string): Promise<string>;
  /** Reads a text file below `cwd` (an instructions file), at most 256 KiB; null when there is none or policy forbids it. */
  readFile(path: string): Promise<string | null>;
  /** Asks the company's rules, and where they say so the board, whether a tool call may go on. Resolves in any case. */
  askTool(call: ToolCall): Promise<ToolDecision>;
  /** Says how it is about to be invoked, secrets masked; goes into the log before the program starts. */
  meta(invocation: InvocationMeta): Promise<void>;
  /** Usage so far: goes with the next renewal, so that money is known during the run. */
  usage(usage: NonNullable<RunResult["usage"]>): void;
  /** Aborted when the run was cancelled, timed out or lost its lease; `run` then ends the program by itself. */
  signal: AbortSignal;
}

export interface CommandRequest {
  /** A name to be found in PATH, or an absolute path. */
  command: string;
  args: readonly string[];
  /** Beside `context.env`. */
  env?: Readonly<Record<string, string>>;
  /** Written to its standard input, which is then closed, unless `onLine` keeps talking to it. */
  stdin?: string;
  /** Each line of standard output as it comes; `send` writes a line to its standard input, `end` closes that. */
  onLine?(line: string, process: { send(line: string): void; end(): void }): void;
  /** What of a line of standard output goes into the log, null for nothing; every line as it is when left out. */
  logLine?(line: string): string | null;
  /** Keep standard input open after `stdin` was written. */
  keepStdinOpen?: boolean;
  /** Seconds; the run's own deadline when left out. */
  timeoutSec?: number;
  /** Seconds between the polite signal to the process group and the hard one. */
  graceSec?: number;
}

export interface CommandResult {
  exitCode: number | null;
  signal: string | null;
  timedOut: boolean;
  cancelled: boolean;
  /** The program can't be started: not found, or not allowed by the local policy, with the sentence that says so. */
  startError: { code: "command_not_found" | "policy_denied" | "spawn_failed"; message: string } | null;
  /** The end of each, at most 64 KiB; all of it went to the log. */
  stdoutTail: string;
  stderrTail: string;
}

export interface ToolCall {
  /** Of the program, so that asking again is the same question. */
  callId: string;
  tool: string;
  input: Record<string, unknown>;
  /** The command or file that it is about, for rules and for the card. */
  summary: string | null;
  /** It is nothing but a call of Boardroom's own API, which decides on it itself: a rule denies it or it is allowed. */
  unlessDenied?: boolean;
}

export interface ToolDecision {
  decision: "allow" | "deny";
  /** What the board or the rule said; goes to the model. */
  note: string | null;
}

export interface InvocationMeta {
  command: string;
  args: readonly string[];
  /** Names only; values are never logged. */
  envNames: readonly string[];
  model: string | null;
  resumedSession: string | null;
}

/** How a run ended; the same as what an agent reports to `POST …/complete`, and how the program ended. */
export interface ExecutionResult extends Omit<RunResult, "status"> {
  status: "succeeded" | "failed" | "cancelled";
  exitCode: number | null;
  signal: string | null;
  timedOut: boolean;
}

export interface EnvironmentTestContext {
  config: Record<string, unknown>;
  /** Names of the environment variables that the runner passes on; values are not told. */
  envNames: readonly string[];
  /** Why a program can't be started, as far as that is known without starting it: not found, or not allowed. Null: it can. */
  findProgram(command: string): Promise<CommandResult["startError"]>;
  /** Runs a harmless question such as `--version`, at most 10 s; the same policy as for runs. */
  probe(command: string, args: readonly string[]): Promise<CommandResult>;
  /** What a path is, if the policy lets it be looked at. */
  inspectPath(path: string): Promise<"folder" | "file" | "missing" | "denied">;
}
