import { type InvocationOutcome, runResult } from "@boardroom/contract";
import { readCapped } from "./read-capped.ts";
import { readRetryAfterMs } from "./retry-after.ts";

const maxAnswerBytes = 1024 * 1024;
/** Worth another try although they are 4xx: request timeout, too early, too many requests. */
const retryableClientErrors = new Set([408, 425, 429]);

/** Turns an agent's answer into an outcome. Throws only when the body can't be read to its end. */
export async function readAnswer(response: Response): Promise<InvocationOutcome> {
  const { status } = response;
  if (response.ok && status !== 202) return readResult(response);
  await response.body?.cancel().catch(() => undefined);
  if (status === 202) return { kind: "accepted", httpStatus: status };
  if (status === 410) return { kind: "gone", httpStatus: status };
  if (status >= 300 && status < 400) {
    return failed(false, "redirected", `The agent answered with a redirect (${status}); webhooks don't follow them.`);
  }
  const retryable = status >= 500 || retryableClientErrors.has(status);
  const retryAfterMs = retryable ? readRetryAfterMs(response.headers.get("retry-after"), Date.now()) : null;
  return failed(retryable, `http_${status}`, `The agent answered ${status}.`, retryAfterMs);
}

async function readResult(response: Response): Promise<InvocationOutcome> {
  const text = await readCapped(response.body, maxAnswerBytes);
  if (text === null) return failed(false, "response_too_large", "The agent's answer is larger than 1 MiB.");
  const parsed = parseResult(text);
  if (!parsed) return failed(false, "invalid_result", "The agent's result is nested too deeply.");
  if (parsed.success) return { kind: "finished", httpStatus: response.status, result: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") || "result";
  return failed(false, "invalid_result", `The agent's result is not of the right form: ${where}: ${issue?.message}`);
}

/** Null for JSON so deep that looking at it overflows the stack. */
function parseResult(text: string) {
  try {
    return runResult.safeParse(asObject(text) ?? {});
  } catch {
    return null;
  }
}

/** The JSON object of an answer; null for anything else, which is an answer without a result. */
function asObject(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

export function failed(
  retryable: boolean,
  errorCode: string,
  message: string,
  retryAfterMs: number | null = null,
): InvocationOutcome {
  return { kind: "failed", retryable, errorCode, message, retryAfterMs };
}
