import { BoardroomError } from "@boardroom/contract";
import { databaseFault } from "@boardroom/db";
import type { LogEntry } from "./env.ts";

/** Classes of SQL errors that a value in the request causes: data exception, violated check or not-null, limit exceeded. */
const causedByValue = /^(22|54|23502|23514)/;

/** Turns whatever was thrown into an error that may be answered. What we did not expect is logged and says nothing. */
export function mapError(
  error: unknown,
  log: (entry: LogEntry) => void,
  requestId: string,
  operation?: string,
): BoardroomError {
  if (error instanceof BoardroomError) return error;
  const entry = { requestId, operation, error: describe(error) };
  if (causedByValue.test(databaseFault(error)?.code ?? "")) {
    log({ level: "warn", message: "a value got past the schema", ...entry });
    return new BoardroomError("invalid_request", "A value of the request can't be stored.");
  }
  log({ level: "error", message: "request failed", ...entry });
  return new BoardroomError(
    "internal",
    "Something went wrong on our side. Try again; if it stays, tell us the request id.",
  );
}

export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${describe(error.cause)}`;
  return (error.stack ?? error.message) + cause;
}
