import { parseJson, type RunnerHint, runnerHint } from "@boardroom/contract";
import WebSocket from "ws";
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
/** A longer message ends the connection before it is read. */
const maxMessageBytes = 1024 * 1024;

/** Holds one socket until it ends, for whatever reason. Never throws. */
export async function holdSocket({ apiUrl, token, signal, onOpen, onHint }: SocketOptions): Promise<SocketEnd> {
  const url = new URL("/api/runners/connect", apiUrl);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const ended = Promise.withResolvers<SocketEnd>();
  const over = new AbortController();
  const socket = new WebSocket(url, {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
  });
  let wasOpen = false;
  let heardAt = performance.now();
  const end = (code: number) => {
    over.abort();
    ended.resolve({ wasOpen, code });
  };
  socket.on("open", () => {
    wasOpen = true;
    heardAt = performance.now();
    onOpen();
  });
  socket.on("message", (data, isBinary) => {
    heardAt = performance.now();
    const hint = isBinary ? null : readHint(data.toString());
    if (hint && !over.signal.aborted) onHint(hint);
  });
  socket.on("close", end);
  socket.on("error", () => end(1006));
  signal.addEventListener("abort", () => end(1000), { once: true, signal: over.signal });
  if (signal.aborted) end(1000);
  void keepAlive();
  const result = await ended.promise;
  // Its own goodbye may take long when nobody is there any more; nobody waits for it.
  if (socket.readyState === WebSocket.OPEN) socket.close();
  else socket.terminate();
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

const readHint = (frame: string): RunnerHint | null =>
  frame === "pong" || frame.length > maxFrameChars ? null : (runnerHint.safeParse(parseJson(frame)).data ?? null);
