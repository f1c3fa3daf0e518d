import type { ErrorFamily, RunResult } from "@boardroom/contract";

/** What a program's output told of a run, so far or at its end. */
export interface CliOutput {
  sessionId: string | null;
  /** The last words of the agent. */
  summary: string | null;
  provider: string | null;
  model: string | null;
  usage: RunResult["usage"];
  costUsd: number | null;
  /** It said itself that it is through. Without that, an exit code of 0 isn't believed. */
  isComplete: boolean;
  /** What the next run of the session has to know beside its id, such as totals so far. */
  sessionState?: Record<string, unknown>;
  /** What the program calls an error; the family is found from the message when it has none. */
  error: { message: string; code?: string; family?: ErrorFamily; retryAfterSec?: number | null } | null;
}

/** Reads a program's output line by line. Takes anything, and never throws. */
export interface OutputParser {
  read(line: string): void;
  output(): CliOutput;
}

export const emptyOutput: CliOutput = {
  sessionId: null,
  summary: null,
  provider: null,
  model: null,
  usage: null,
  costUsd: null,
  isComplete: false,
  error: null,
};
