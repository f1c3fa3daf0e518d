import type { CommandResult, ExecutionContext, ExecutionResult } from "../local-adapter.ts";
import { classifyError } from "./classify-error.ts";
import type { CliOutput } from "./cli-output.ts";
import { maskSecrets } from "./mask-secrets.ts";
import type { CliRun } from "./run-cli.ts";
import { isSessionId, sessionParams } from "./session.ts";
import { plain } from "./terminal.ts";

type Trouble = Pick<ExecutionResult, "error" | "errorCode" | "errorFamily" | "retryAfterSec">;

/** The result of a run, from how its program ended and what its output told. */
export function resultOf(context: ExecutionContext, { ended, output, session }: CliRun): ExecutionResult {
  const trouble = ended.cancelled ? {} : findTrouble(context, ended, output);
  const sessionId = isSessionId(output.sessionId) ? output.sessionId : (session ?? null);
  return {
    status: ended.cancelled ? "cancelled" : trouble.error ? "failed" : "succeeded",
    exitCode: ended.exitCode,
    signal: ended.signal,
    timedOut: ended.timedOut,
    summary: output.summary === null ? null : storable(context, output.summary),
    usage: output.usage ?? null,
    costUsd: output.costUsd,
    provider: output.provider === null ? null : storable(context, output.provider).slice(0, 100).toWellFormed(),
    model: output.model === null ? null : storable(context, output.model).slice(0, 200).toWellFormed(),
    sessionParams: sessionId === null ? null : { ...output.sessionState, ...sessionParams(sessionId, context.cwd) },
    ...trouble,
  };
}

/** A run that failed before, or without, a program. */
export const failedResult = (
  errorCode: string,
  error: string,
  errorFamily: Trouble["errorFamily"],
): ExecutionResult => ({
  status: "failed",
  error: error.slice(0, 8000),
  errorCode,
  errorFamily,
  exitCode: null,
  signal: null,
  timedOut: false,
});

function findTrouble(context: ExecutionContext, ended: CommandResult, output: CliOutput): Trouble {
  const say = (text: string) => storable(context, text);
  if (ended.startError) {
    const { code, message } = ended.startError;
    const isBusy = /EAGAIN|EMFILE|ENFILE|ENOMEM/.test(message);
    const family = code === "spawn_failed" ? (isBusy ? "transient" : "permanent") : "config";
    return { error: say(message), errorCode: code, errorFamily: family, retryAfterSec: null };
  }
  if (ended.timedOut) {
    // Not tried again by itself: it would spend the same time and money once more. The session stays, so a wake goes on.
    return {
      error: "The program was ended at its time limit.",
      errorCode: "timed_out",
      errorFamily: null,
      retryAfterSec: null,
    };
  }
  if (output.error) {
    const { message, code, family, retryAfterSec } = output.error;
    const found = classifyError(message, new Date());
    return {
      error: say(message || "The program says that it failed."),
      errorCode: code ?? found.errorCode,
      errorFamily: family ?? found.errorFamily,
      retryAfterSec: retryAfterSec ?? found.retryAfterSec,
    };
  }
  return ended.exitCode === 0 && output.isComplete ? {} : findSilentTrouble(say, ended);
}

/** A program that ended without saying how: what it last printed is all there is. */
function findSilentTrouble(say: (text: string) => string, ended: CommandResult): Trouble {
  const words = plain(ended.stderrTail).trim().slice(-3000) || plain(ended.stdoutTail).trim().slice(-3000);
  const { errorCode, errorFamily, retryAfterSec } = classifyError(words, new Date());
  const isKnown = errorCode !== "agent_error";
  if (ended.signal) {
    const error = say(`The program was ended by ${ended.signal}.\n${words}`.trim());
    return { error, errorCode: "process_signal", errorFamily: "transient", retryAfterSec: null };
  }
  const how = ended.exitCode === 0 ? "ended without a result" : `ended with exit code ${ended.exitCode ?? "unknown"}`;
  const code = ended.exitCode === 0 ? "no_result" : "exit_code";
  return {
    error: say(`The program ${how}.\n${words}`.trim()),
    errorCode: isKnown ? errorCode : code,
    errorFamily,
    retryAfterSec,
  };
}

/** Text as a result may hold it: at most 8000 characters, no NUL, no half characters, no secrets. */
const storable = (context: ExecutionContext, text: string): string =>
  maskSecrets(context, text).replaceAll("\u0000", "").slice(0, 8000).toWellFormed();
