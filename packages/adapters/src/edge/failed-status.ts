import type { InvocationOutcome } from "@boardroom/contract";
import { failed } from "../http/read-answer.ts";
import { cleanText } from "./clean-text.ts";

/** Worth another try although they are 4xx: request timeout, conflict of a busy session, too early, too many requests. */
const retryableClientErrors = new Set([408, 409, 425, 429]);

/** What an HTTP status other than 2xx means, with what the agent said about it. */
export function failedStatus(
  { status, retryAfterMs }: { status: number; retryAfterMs: number | null },
  said: string | null,
): InvocationOutcome {
  if (status === 410) return { kind: "gone", httpStatus: status };
  const retryable = status >= 500 || retryableClientErrors.has(status);
  const reason = said ? `: ${cleanText(said, 500)}` : ".";
  return failed(retryable, `http_${status}`, `The agent answered ${status}${reason}`, retryable ? retryAfterMs : null);
}
