import { BoardroomError, errorBody, type RunnerHint, runnerHint } from "@boardroom/contract";
import * as z from "zod";
import { fetchCapped } from "../api/fetch-capped.ts";
import type { ServerClock } from "../api/server-clock.ts";

const polled = z.object({ hints: z.array(z.unknown()).max(1000) });
/** The server answers after 25 s at the latest. */
const pollMs = 40_000;

/**
 * Asks once for hints, and waits at the server for some to come.
 * @throws BoardroomError
 */
export async function pollHints(
  apiUrl: string,
  token: string,
  { clock, signal }: { clock: ServerClock; signal: AbortSignal },
): Promise<RunnerHint[]> {
  const request = new Request(new URL("/api/runners/poll", apiUrl), { headers: { authorization: `Bearer ${token}` } });
  const response = await fetchCapped(request, { clock, timeoutMs: pollMs, signal });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const { data } = errorBody.safeParse(answer);
    throw new BoardroomError(
      data?.code ?? "unavailable",
      data?.error ?? `The server answered ${response.status}`,
      data?.details,
    );
  }
  const { data } = polled.safeParse(answer);
  if (!data)
    throw new BoardroomError("unavailable", "The poll was answered with something that Boardroom doesn't say.");
  return data.hints.flatMap((hint) => runnerHint.safeParse(hint).data ?? []);
}
