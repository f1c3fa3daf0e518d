import type { ExecutionResult } from "@boardroom/adapters/local";
import { metadata, type OperationCall, type Operations, runResult } from "@boardroom/contract";

export type CompleteBody = NonNullable<OperationCall<Operations["runs.complete"]>["body"]>;

/** What an adapter made of a run, as the server takes it: what is too long is cut, and what can't be stored is left out. */
export function resultBody(result: ExecutionResult, cwd: string | null): CompleteBody {
  const { signal: _signal, timedOut: _timedOut, sessionParams, ...told } = result;
  const params = sessionParams ? { ...(cwd !== null && { cwd }), ...sessionParams } : sessionParams;
  const body = {
    ...told,
    summary: cut(told.summary, 8000),
    error: cut(told.error, 8000),
    errorCode: cut(told.errorCode, 100),
    provider: cut(told.provider, 100),
    model: cut(told.model, 200),
    externalRunId: cut(told.externalRunId, 200),
    ...(params && metadata.safeParse(params).success && { sessionParams: params }),
  };
  const parsed = runResult.strict().safeParse(body);
  if (parsed.success) return parsed.data;
  const { status, summary, error, errorCode } = body;
  const rest = runResult.safeParse({ status, summary, error, errorCode });
  return rest.success ? rest.data : failedResult("bad_result", "The adapter's result can't be read.", "permanent");
}

const cut = (value: unknown, maxChars: number): string | null | undefined =>
  typeof value === "string"
    ? value.toWellFormed().replaceAll("\u0000", "\ufffd").slice(0, maxChars).toWellFormed()
    : value === null
      ? null
      : undefined;

/** A run that the runner itself ends. */
export const failedResult = (
  errorCode: string,
  error: string,
  errorFamily: "transient" | "config" | "permanent",
): ExecutionResult => ({
  status: "failed",
  error,
  errorCode,
  errorFamily,
  exitCode: null,
  signal: null,
  timedOut: false,
});
