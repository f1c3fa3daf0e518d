import { BoardroomError, parseJson, type RunnerHint, readError, runnerHint } from "@boardroom/contract";
import * as z from "zod";
import { sendCapped } from "../api/send-capped.ts";
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
  const url = new URL("/api/runners/poll", apiUrl).href;
  const call = { method: "GET", url, headers: { authorization: `Bearer ${token}` } };
  const { status, body } = await sendCapped(call, { clock, timeoutMs: pollMs, signal });
  if (status !== 200) throw readError({ status, body });
  const { data } = polled.safeParse(parseJson(body));
  if (!data)
    throw new BoardroomError("unavailable", "The poll was answered with something that Boardroom doesn't say.");
  return data.hints.flatMap((hint) => runnerHint.safeParse(hint).data ?? []);
}
