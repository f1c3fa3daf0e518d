import type { CommandRequest, CommandResult, ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import type { CliOutput, OutputParser } from "./cli-output.ts";
import { resultOf } from "./result-of.ts";
import { resumableSession } from "./session.ts";

/** Sees each line of a program after the parser did, and may answer. */
export type Conversation = (line: string, process: { send(line: string): void; end(): void }) => void;

/** How a coding CLI is run once. */
export interface CliSpec {
  command: string;
  /** @param session to go on with; null starts a fresh one */
  args(session: string | null): readonly string[];
  /** Written to its standard input. */
  stdin?: string;
  env?: Readonly<Record<string, string>>;
  model: string | null;
  timeoutSec?: number | undefined;
  graceSec?: number | undefined;
  /** @param resumed the parameters of the session that it goes on with: programs count on from there; null starts fresh */
  createParser(resumed: Readonly<Record<string, unknown>> | null): OutputParser;
  /** Whether a failed run says that the session it should go on with isn't there. */
  isUnknownSession(output: CliOutput, ended: CommandResult): boolean;
  /** For programs that repeat themselves: what of a line goes into the log, null for nothing. */
  logLine?(line: string): string | null;
  /** For programs that have no sessions: each run starts anew. */
  isSessionless?: boolean;
  /** For programs that are talked to while they run: standard input stays open until it is ended. */
  startConversation?(session: string | null): Conversation;
}

/**
 * Runs a coding CLI to its end: goes on with the task's session, and once more without it when the program doesn't know it
 * any longer. Never throws for what the program does.
 */
export async function runCli(context: ExecutionContext, spec: CliSpec): Promise<ExecutionResult> {
  const session = spec.isSessionless ? null : resumableSession(context);
  const first = await runOnce(context, spec, session);
  if (session === null) return resultOf(context, first);
  const isLost = !first.ended.cancelled && !first.ended.timedOut && spec.isUnknownSession(first.output, first.ended);
  if (!isLost) return resultOf(context, { ...first, session });
  const second = await runOnce(context, spec, null);
  const result = resultOf(context, second);
  // The new session replaces the lost one; without a new one, the lost one has to be forgotten.
  return result.sessionParams ? result : { ...result, clearSession: true };
}

/** How one start of a program ended. */
export interface CliRun {
  ended: CommandResult;
  output: CliOutput;
  /** The session that it went on with. */
  session?: string | null;
}

async function runOnce(context: ExecutionContext, spec: CliSpec, session: string | null): Promise<CliRun> {
  const args = spec.args(session);
  const envNames = [...new Set([...Object.keys(context.env), ...Object.keys(spec.env ?? {})])].sort();
  await context.meta({ command: spec.command, args, envNames, model: spec.model, resumedSession: session });
  const parser = spec.createParser(session === null ? null : (context.session?.params ?? null));
  const converse = spec.startConversation?.(session);
  const tellUsage = usageTeller(context);
  const command: CommandRequest = {
    command: spec.command,
    args,
    env: spec.env ?? {},
    stdin: spec.stdin ?? "",
    onLine(line, process) {
      parser.read(line);
      tellUsage(parser.output().usage);
      converse?.(line, process);
    },
    keepStdinOpen: converse !== undefined,
  };
  if (spec.logLine) command.logLine = spec.logLine;
  if (spec.timeoutSec !== undefined) command.timeoutSec = spec.timeoutSec;
  if (spec.graceSec !== undefined) command.graceSec = spec.graceSec;
  const ended = await context.run(command);
  return { ended, output: parser.output() };
}

/** Passes usage on when it changed. */
function usageTeller(context: ExecutionContext): (usage: CliOutput["usage"]) => void {
  let told: CliOutput["usage"] = null;
  return (usage) => {
    if (!usage) return;
    const isSame =
      usage.inputTokens === told?.inputTokens &&
      usage.outputTokens === told?.outputTokens &&
      usage.cachedInputTokens === told?.cachedInputTokens;
    if (isSame) return;
    told = { ...usage };
    context.usage(told);
  };
}
