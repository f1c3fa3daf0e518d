export interface LogViewer {
  /** All text that came so far. */
  text(): string;
  /** Where each piece started. */
  offsets(): number[];
  lastId(): string;
  /** Resolves once the text is this. */
  reaches(text: string): Promise<void>;
  /** Resolves once this stands in the text. */
  sees(part: string, timeoutMs?: number): Promise<void>;
  /** Resolves once the end came, with this. */
  ends(end: { totalBytes: number; status: string }): Promise<void>;
  close(): Promise<void>;
}

export interface ViewLogOptions {
  headers: Record<string, string>;
  lastEventId?: string;
  offset?: number;
  /** Takes nothing from the connection. */
  isPaused?: boolean;
}

/** Watches the log of a run as a browser does. */
export async function viewLog(url: string, runId: string, options: ViewLogOptions): Promise<LogViewer> {
  const { headers, lastEventId, offset, isPaused = false } = options;
  const aborting = new AbortController();
  const response = await fetch(
    `${url}/api/heartbeat-runs/${runId}/log/stream${offset === undefined ? "" : `?offset=${offset}`}`,
    { headers: { ...headers, ...(lastEventId && { "last-event-id": lastEventId }) }, signal: aborting.signal },
  );
  if (!response.ok || !response.body) throw new Error(`The log's stream answered ${response.status}`);
  const pieces: { offset: number; content: string }[] = [];
  let text = "";
  let id = "";
  let end: unknown = null;
  const take = (block: string) => {
    const fields = new Map(block.split("\n").map((line) => line.split(/: (.*)/s, 2) as [string, string]));
    id = fields.get("id") ?? id;
    const data = fields.get("data");
    if (fields.get("event") === "log" && data !== undefined) {
      pieces.push(JSON.parse(data));
      text += pieces.at(-1)?.content ?? "";
    }
    if (fields.get("event") === "end" && data !== undefined) end = JSON.parse(data);
  };
  const reading = isPaused ? Promise.resolve() : readBlocks(response.body, take).catch(() => undefined);
  const until = async (what: () => string, holds: () => boolean, timeoutMs: number) => {
    for (const endAt = Date.now() + timeoutMs; !holds(); await new Promise((resolve) => setTimeout(resolve, 5))) {
      if (Date.now() > endAt) throw new Error(`Waited ${timeoutMs} ms for ${what()}`);
    }
  };
  const seen = () => `; seen: ${JSON.stringify(text.slice(-200))}`;
  return {
    text: () => text,
    offsets: () => pieces.map((piece) => piece.offset),
    lastId: () => id,
    reaches: (wanted) =>
      until(
        () => `the text ${JSON.stringify(wanted)}${seen()}`,
        () => text === wanted,
        5000,
      ),
    sees: (part, timeoutMs = 5000) =>
      until(
        () => `${JSON.stringify(part)}${seen()}`,
        () => text.includes(part),
        timeoutMs,
      ),
    ends: (wanted) =>
      until(
        () => `the end${seen()}`,
        () => JSON.stringify(end) === JSON.stringify(wanted),
        20_000,
      ),
    async close() {
      aborting.abort();
      await reading;
    },
  };
}

async function readBlocks(body: ReadableStream<Uint8Array>, take: (block: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) take(block);
  }
}
