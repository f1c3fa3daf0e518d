import { setTimeout as sleep } from "node:timers/promises";

export interface FeedMessage {
  id: string;
  /** Empty for a message that only sets the id. */
  event: string;
  data: Record<string, unknown>;
}

export interface Feed {
  /** The next unread message of this kind; others before it are passed over. */
  next(event: string, timeoutMs?: number): Promise<FeedMessage>;
  /** How many of this kind came so far, read or passed over. */
  received(event: string): number;
  /** Messages not read yet. */
  waiting(): number;
  /** Stops taking bytes from the connection until `resume`. */
  pause(): void;
  resume(): void;
  /** Resolves when a message came that fits, and leaves it unread. */
  untilSeen(fits: (message: FeedMessage) => boolean): Promise<void>;
  /** All unread messages, once none came for a while. */
  untilIdle(quietMs?: number): Promise<FeedMessage[]>;
  close(): Promise<void>;
}

/** Reads server-sent events as a browser does. */
export async function openFeed(url: string, headers: Record<string, string>): Promise<Feed> {
  const leaving = new AbortController();
  const response = await fetch(url, { headers, signal: leaving.signal });
  if (!response.ok || !response.body) throw new Error(`The feed answered ${response.status}: ${await response.text()}`);
  const unread: FeedMessage[] = [];
  const counts = new Map<string, number>();
  let gate = Promise.withResolvers<void>();
  gate.resolve();
  const reading = readMessages(
    response.body,
    () => gate.promise,
    (message) => {
      counts.set(message.event, (counts.get(message.event) ?? 0) + 1);
      unread.push(message);
    },
  );
  return {
    async next(event, timeoutMs = 20_000) {
      const endAt = Date.now() + timeoutMs;
      for (;;) {
        const message = unread.shift();
        if (message?.event === event) return message;
        if (message) continue;
        if (Date.now() > endAt) throw new Error(`No "${event}" came within ${timeoutMs} ms`);
        await sleep(10);
      }
    },
    received: (event) => counts.get(event) ?? 0,
    waiting: () => unread.length,
    pause() {
      gate = Promise.withResolvers<void>();
    },
    resume: () => gate.resolve(),
    async untilSeen(fits) {
      for (const endAt = Date.now() + 20_000; !unread.some(fits); await sleep(10)) {
        if (Date.now() > endAt) throw new Error("What was waited for did not come");
      }
    },
    async untilIdle(quietMs = 700) {
      for (let before = -1; before !== unread.length; ) {
        before = unread.length;
        await sleep(quietMs);
      }
      return unread.splice(0);
    },
    async close() {
      leaving.abort();
      await reading.catch(() => undefined);
    },
  };
}

async function readMessages(
  body: ReadableStream<Uint8Array>,
  mayRead: () => Promise<void>,
  onMessage: (message: FeedMessage) => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    await mayRead();
    text += decoder.decode(chunk.value, { stream: true });
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const message = parseMessage(text.slice(0, end));
      text = text.slice(end + 2);
      if (message) onMessage(message);
    }
  }
}

function parseMessage(block: string): FeedMessage | null {
  const fields = new Map(
    block.split("\n").flatMap((line) => {
      const at = line.indexOf(": ");
      return at > 0 ? [[line.slice(0, at), line.slice(at + 2)] as const] : [];
    }),
  );
  if (fields.size === 0) return null;
  return { id: fields.get("id") ?? "", event: fields.get("event") ?? "", data: JSON.parse(fields.get("data") ?? "{}") };
}
