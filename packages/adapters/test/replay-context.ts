import type { RunJob } from "@boardroom/contract";
import type {
  CommandRequest,
  CommandResult,
  ExecutionContext,
  InvocationMeta,
  ToolCall,
} from "../src/local/local-adapter.ts";

/** What a program prints, and how it ends; exit code 0 when nothing is said. */
export interface Replayed extends Partial<CommandResult> {
  lines?: readonly string[];
}

export interface ReplayContext extends ExecutionContext {
  requests: CommandRequest[];
  metas: InvocationMeta[];
  usages: unknown[];
  asked: ToolCall[];
  /** What was said to the programs' standard input while they ran; null is its end. */
  said: (string | null)[];
  written: Record<string, string>;
}

/** A run whose programs only print what was recorded, one recording for each start. Nothing is started or written. */
export function replay(
  job: RunJob,
  recordings: readonly Replayed[],
  differing: Partial<ExecutionContext> = {},
): ReplayContext {
  const heard = { requests: [], metas: [], usages: [], asked: [], said: [], written: {} };
  const context: ReplayContext = {
    job,
    cwd: "/home/ada/roof",
    env: { PAPERCLIP_API_KEY: "local-key-of-run" },
    skillsDir: "/tmp/skills",
    scratchDir: "/tmp/run",
    session: null,
    signal: new AbortController().signal,
    ...heard,
    async run(request) {
      const { lines = [], ...ended } = recordings[context.requests.length] ?? {};
      context.requests.push(request);
      const talk = { send: (line: string) => void context.said.push(line), end: () => void context.said.push(null) };
      for (const line of lines) request.onLine?.(line, talk);
      // What was asked meanwhile is answered before the program ends.
      await new Promise((resolve) => setImmediate(resolve));
      const nothing = { signal: null, timedOut: false, cancelled: false, startError: null };
      const tails = { stdoutTail: lines.join("\n").slice(-65_536), stderrTail: "" };
      return { exitCode: 0, ...nothing, ...tails, ...ended };
    },
    async writeFile(dir, path, content) {
      const file = `/tmp/${dir === "scratch" ? "run" : "skills"}/${path}`;
      context.written[file] = content;
      return file;
    },
    readFile: async () => null,
    async askTool(call) {
      context.asked.push(call);
      return { decision: call.unlessDenied ? "allow" : "deny", note: null };
    },
    meta: async (meta) => void context.metas.push(meta),
    usage: (usage) => void context.usages.push(usage),
    ...differing,
  };
  return context;
}
