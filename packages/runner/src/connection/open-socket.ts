import { type RunnerHint, runnerHint } from "@boardroom/contract";
import { pause } from "./backoff.ts";

export interface SocketOptions {
  apiUrl: string;
  token: string;
  signal: AbortSignal;
  onOpen(): void;
  onHint(hint: RunnerHint): void;
}

/** How a socket ended. */
export interface SocketEnd {
  wasOpen: boolean;
  code: number;
}

/** The hub says why it closes a socket for good. */
export const closeCodes = { replaced: 4001, revoked: 4003 } as const;

const pingEveryMs = 25_000;
const pongWithinMs = 15_000;
const openWithinMs = 20_000;
const maxFrameChars = 16_384;

/** What Node's own WebSocket takes, beyond what browsers know: the token belongs into a header, never into the address. */
const Socket: new (url: string, init: { headers: Record<string, string> }) => WebSocket = WebSocket as never;

/** Holds one socket until it ends, for whatever reason. Never throws. */
export async function holdSocket({ apiUrl, token, signal, onOpen, onHint }: SocketOptions): Promise<SocketEnd> {
  const url = new URL("/api/runners/connect", apiUrl);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const ended = Promise.withResolvers<SocketEnd>();
  const over = new AbortController();
  const socket = new Socket(url.href, { headers: { authorization: `Bearer ${token}` } });
  let wasOpen = false;
  let heardAt = performance.now();
  const end = (code: number) => {
    over.abort();
    ended.resolve({ wasOpen, code });
  };
  socket.addEventListener("open", () => {
    wasOpen = true;
    heardAt = performance.now();
    onOpen();
  });
  socket.addEventListener("message", ({ data }) => {
    heardAt = performance.now();
    const hint = typeof data === "string" ? readHint(data) : null;
    if (hint && !over.signal.aborted) onHint(hint);
  });
  socket.addEventListener("close", ({ code }) => end(code));
  socket.addEventListener("error", () => end(1006));
  signal.addEventListener("abort", () => end(1000), { once: true, signal: over.signal });
  if (signal.aborted) end(1000);
  void keepAlive();
  const result = await ended.promise;
  // Its own goodbye may take long when nobody is there any more; nobody waits for it.
  socket.close();
  return result;

  /** A connection can be dead without either side being told. */
  async function keepAlive(): Promise<void> {
    await pause(openWithinMs, over.signal);
    if (!wasOpen) return end(1006);
    while (!over.signal.aborted) {
      const askedAt = performance.now();
      if (socket.readyState === WebSocket.OPEN) socket.send("ping");
      await pause(pongWithinMs, over.signal);
      if (heardAt < askedAt) return end(1006);
      await pause(pingEveryMs - pongWithinMs, over.signal);
    }
  }
}

function readHint(frame: string): RunnerHint | null {
  if (frame === "pong" || frame.length > maxFrameChars) return null;
  try {
    return runnerHint.safeParse(JSON.parse(frame)).data ?? null;
  } catch {
    return null;
  }
}
