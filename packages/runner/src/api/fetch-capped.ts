import { BoardroomError } from "@boardroom/contract";
import type { ServerClock } from "./server-clock.ts";

export interface FetchLimits {
  clock: ServerClock;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

const maxAnswerBytes = 8 * 1024 * 1024;
const hasNoBody = (status: number) => status === 204 || status === 205 || status === 304;

/** Fetches within bounds of time and size, and follows nobody elsewhere: a token goes to its own server alone. */
export async function fetchCapped(request: Request, { clock, timeoutMs, signal }: FetchLimits): Promise<Response> {
  // Its own timer, let go of at the end: a timeout signal would keep each request in memory for as long as it runs.
  const aborting = new AbortController();
  const abort = () => aborting.abort(signal?.reason);
  const timer = setTimeout(() => aborting.abort(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  const sentAt = Date.now();
  try {
    const response = await fetch(request, { redirect: "manual", signal: aborting.signal });
    clock.learn(response.headers.get("date"), sentAt, Date.now());
    const text = await readCapped(response);
    const { status, headers } = response;
    return new Response(hasNoBody(status) ? null : text, {
      status,
      headers: { "retry-after": headers.get("retry-after") ?? "" },
    });
  } catch (error) {
    throw new BoardroomError("unavailable", `${new URL(request.url).host} can't be reached: ${reasonOf(error)}`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

async function readCapped(response: Response): Promise<string> {
  if (!response.body) return "";
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) throw new Error("the answer is larger than 8 MiB");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** The innermost cause says what happened: `fetch failed` alone helps nobody. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message || error.name;
}
