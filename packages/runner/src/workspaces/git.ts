import { execFile } from "node:child_process";
import { disarmConfig } from "./disarm-config.ts";

export interface GitAnswer {
  ok: boolean;
  stdout: string;
  stderr: string;
}

export interface GitOptions {
  cwd: string;
  env?: Record<string, string>;
  timeoutMs?: number;
  /** Of the output; what is longer is cut off and the command ended. */
  maxBytes?: number;
  signal?: AbortSignal | undefined;
}

/**
 * What holds for every command of ours: hooks and watchers of a repository don't run, nobody is asked for a password, and
 * only transports that can't run programs are spoken.
 */
const settings = [
  ...["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"],
  ...["-c", "protocol.allow=never", "-c", "protocol.https.allow=always", "-c", "protocol.ssh.allow=always"],
  ...["-c", "protocol.file.allow=always", "-c", "protocol.http.allow=always", "-c", "submodule.recurse=false"],
  ...["-c", "core.pager=cat", "-c", "gc.auto=0", "-c", "advice.detachedHead=false"],
];

/** Reading commands and those that make clones, branches and worktrees here. None of them ever writes to a remote. */
export type GitCommand =
  | "add"
  | "check-ref-format"
  | "clone"
  | "diff"
  | "fetch"
  | "log"
  | "merge-base"
  | "ls-files"
  | "rev-parse"
  | "status"
  | "symbolic-ref"
  | "update-index"
  | "version"
  | "worktree";

/**
 * Runs git with arguments that are data, never a shell's words, and without the programs that the repository's own
 * configuration names. Resolves in any case.
 */
export async function git(command: GitCommand, args: readonly string[], options: GitOptions): Promise<GitAnswer> {
  if (command === "version") return start([command, ...args], options);
  const listed = await start(["config", "--list", "--show-scope", "-z"], { cwd: options.cwd });
  if (!listed.ok) return listed;
  return start([command, ...args], { ...options, env: { ...options.env, ...disarmConfig(listed.stdout) } });
}

function start(args: readonly string[], options: GitOptions): Promise<GitAnswer> {
  const { cwd, env, timeoutMs = 60_000, maxBytes = 8 * 1024 * 1024, signal } = options;
  return new Promise((resolve) => {
    execFile(
      "git",
      [...settings, ...args],
      {
        cwd,
        env: { ...ownEnv(), ...env },
        timeout: timeoutMs,
        maxBuffer: maxBytes,
        killSignal: "SIGKILL",
        encoding: "buffer",
        ...(signal && { signal }),
      },
      (error, stdout, stderr) => {
        // Output that is longer than asked for isn't an error: its beginning is what was asked for.
        const isCut = error !== null && "code" in error && error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER";
        const said = stderr.toString().trim().slice(-2000);
        resolve({ ok: error === null || isCut, stdout: stdout.toString(), stderr: said || (error?.message ?? "") });
      },
    );
  });
}

/** The user's own configuration counts, for names and credentials; what would lead git elsewhere doesn't. */
function ownEnv(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("GIT_") || name === "GIT_SSL_CAINFO" || name === "GIT_CONFIG_GLOBAL",
  );
  return {
    ...Object.fromEntries(entries),
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    // A repository may allow more transports by its configuration, but not against this.
    GIT_ALLOW_PROTOCOL: "file:http:https:ssh",
    LC_ALL: "C",
  };
}
