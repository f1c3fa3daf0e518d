import type { InvocationOutcome } from "@boardroom/contract";
import type { InvokeOptions } from "../edge-adapter.ts";
import { checkTargetUrl } from "../http/check-target-url.ts";
import { failed } from "../http/read-answer.ts";
import { readCapped } from "../http/read-capped.ts";
import { readRetryAfterMs } from "../http/retry-after.ts";

/** What came back: its body, which is at most 1 MiB, or the outcome that it means when there is none to read. */
export type Answer =
  | { kind: "answer"; status: number; retryAfterMs: number | null; text: string }
  | { kind: "outcome"; outcome: InvocationOutcome };

export interface Call {
  url: string;
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: string;
  /** Shared by all the calls of one invocation, so that together they end in time. */
  signal: AbortSignal;
  timeoutMs: number;
}

const maxAnswerBytes = 1024 * 1024;

/** One request to a remote agent: only where it may go, without redirects, within time and size. Never throws. */
export async function callTarget(call: Call, options: InvokeOptions): Promise<Answer> {
  const { url, method, body, signal, timeoutMs } = call;
  const refused = checkTargetUrl(url, options);
  if (refused !== null) return outcome(failed(false, "unsafe_url", refused));
  const send = options.fetch ?? ((to: string, init: RequestInit) => fetch(to, init));
  try {
    const headers = { accept: "application/json", "user-agent": "Boardroom/1", ...call.headers };
    const response = await send(url, {
      method,
      headers,
      redirect: "manual",
      signal,
      ...(body === undefined ? {} : { body }),
    });
    return await readResponse(response);
  } catch (error) {
    if (signal.aborted)
      return outcome(failed(true, "timeout", `The agent did not answer within ${timeoutMs / 1000} s.`));
    return outcome(failed(true, "network", `The agent can't be reached${describe(error)}.`));
  }
}

async function readResponse(response: Response): Promise<Answer> {
  const { status } = response;
  if (status >= 300 && status < 400) {
    await response.body?.cancel().catch(() => undefined);
    const message = `The agent answered with a redirect (${status}), which is not followed.`;
    return outcome(failed(false, "redirected", message));
  }
  const text = await readCapped(response.body, maxAnswerBytes);
  if (text === null) return outcome(failed(false, "response_too_large", "The agent's answer is larger than 1 MiB."));
  const retryAfterMs = readRetryAfterMs(response.headers.get("retry-after"), Date.now());
  return { kind: "answer", status, retryAfterMs, text };
}

const outcome = (value: InvocationOutcome): Answer => ({ kind: "outcome", outcome: value });

/** The reason that the network gave, where it gave one. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
  return cause && "code" in cause ? ` (${String(cause.code)})` : "";
}
