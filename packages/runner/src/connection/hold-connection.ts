import type { RunnerHint } from "@boardroom/contract";
import type { ServerClock } from "../api/server-clock.ts";
import type { AccessToken } from "../credentials/access-token.ts";
import { asRunner } from "../credentials/as-runner.ts";
import { RunnerError } from "../runner-error.ts";
import { backoffMs, pause } from "./backoff.ts";
import { closeCodes, holdSocket } from "./open-socket.ts";
import { pollHints } from "./poll-hints.ts";

export type ConnectionState = "connecting" | "socket" | "poll" | "offline";

export interface ConnectionOptions {
  apiUrl: string;
  access: AccessToken;
  clock: ServerClock;
  signal: AbortSignal;
  /** A way was found, again: what was missed meanwhile has to be asked for. */
  onConnected(): void;
  onHint(hint: RunnerHint): void;
  onState(state: ConnectionState): void;
}

/** Sockets that never open, though calls go through, are refused on the way: then hints are polled for a while. */
const refusalsBeforePolling = 2;
const pollForMs = 10 * 60_000;
const takenOverMs = 5000;

/**
 * Keeps a way open for the server to say that there is work, until the signal.
 * @throws RunnerError revoked; replaced when another runner came with the same credential
 */
export async function holdConnection(options: ConnectionOptions): Promise<void> {
  const { signal, onState } = options;
  let failures = 0;
  let refusals = 0;
  while (!signal.aborted) {
    onState(failures === 0 ? "connecting" : "offline");
    const startedAt = Date.now();
    const outcome = await connectOnce(options);
    if (signal.aborted) return;
    if (outcome === "held") {
      // Who is let in and shown out at once again doesn't come back at once for ever.
      failures = Date.now() - startedAt > 10_000 ? 0 : failures + 1;
      refusals = 0;
    } else if (outcome === "refused") {
      failures += 1;
      refusals += 1;
    } else {
      failures += 1;
    }
    if (refusals >= refusalsBeforePolling) {
      refusals = 0;
      await pollForAWhile(options);
      failures = 0;
    }
    await pause(backoffMs(Math.max(1, failures), 500, 30_000), signal);
  }
}

/** `refused`: the server answers calls, but no socket opens; `away`: nobody answers. */
async function connectOnce({ apiUrl, access, signal, onConnected, onHint, onState }: ConnectionOptions) {
  try {
    const token = await asRunner(access, async (fresh) => fresh);
    const { wasOpen, code } = await holdSocket({
      apiUrl,
      token,
      signal,
      onHint,
      onOpen() {
        onState("socket");
        onConnected();
      },
    });
    if (code === closeCodes.revoked) throw new RunnerError("revoked", "The board has revoked this runner.");
    if (code === closeCodes.replaced) {
      throw new RunnerError("replaced", "Another runner connected with the same credential; this one stops.");
    }
    if (wasOpen) return "held";
    // It may have been the token; the next try finds out whether the server is there at all.
    access.drop(token);
    return "refused";
  } catch (error) {
    if (error instanceof RunnerError) throw error;
    return "away";
  }
}

async function pollForAWhile({ apiUrl, access, clock, signal, onConnected, onHint, onState }: ConnectionOptions) {
  const endAt = Date.now() + pollForMs;
  let isConnected = false;
  for (let failures = 0; !signal.aborted && Date.now() < endAt && failures < 5; ) {
    try {
      if (!isConnected) onConnected();
      isConnected = true;
      onState("poll");
      const askedAt = performance.now();
      const hints = await asRunner(access, (token) => pollHints(apiUrl, token, { clock, signal }));
      failures = 0;
      for (const hint of hints) onHint(hint);
      // A poll that is answered at once with nothing was taken over by another with the same credential: no race with it.
      if (hints.length === 0 && performance.now() - askedAt < takenOverMs) await pause(takenOverMs, signal);
    } catch (error) {
      if (error instanceof RunnerError) throw error;
      if (signal.aborted) return;
      failures += 1;
      isConnected = false;
      onState("offline");
      await pause(backoffMs(failures, 500, 15_000), signal);
    }
  }
}
