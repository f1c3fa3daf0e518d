import type { FeedEvent } from "@boardroom/domain";

export interface ViewedEvent {
  id: string;
  kind: string;
  /** The activity; null for what is none. */
  activity: FeedEvent | null;
}

export interface EventViewer {
  /** What came, oldest first; the greeting is the first. */
  events: ViewedEvent[];
  /** The actions that came. */
  actions(): string[];
  /** Comment lines, which keep the connection alive. */
  comments: string[];
  lastId(): string;
  /** Resolves once an activity passes. */
  sees(what: string, passes: (activity: FeedEvent) => boolean, timeoutMs?: number): Promise<FeedEvent>;
  /** Resolves once this holds. */
  until(what: string, holds: () => boolean, timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface ViewOptions {
  headers: Record<string, string>;
  lastEventId?: string;
}

/** Opens a company's event stream as a browser does, and reads it until closed. */
export async function viewEvents(url: string, cid: string, options: ViewOptions): Promise<EventViewer> {
  const aborting = new AbortController();
  const response = await fetch(`${url}/api/companies/${cid}/events`, {
    headers: { ...options.headers, ...(options.lastEventId && { "last-event-id": options.lastEventId }) },
    signal: aborting.signal,
  });
  if (!response.ok || !response.body) throw new Error(`The event stream answered ${response.status}`);
  const log = createEventLog();
  const reading = readBlocks(response.body, (block) => log.addBlock(block)).catch(() => undefined);
  await log.greeted();
  return {
    ...log.viewer,
    async close() {
      aborting.abort();
      await reading;
    },
  };
}

/** The same events over a WebSocket; authenticated by its headers, as the stream is. */
export async function viewSocket(url: string, cid: string, headers: Record<string, string>, cursor?: string) {
  const at = `${url.replace(/^http/, "ws")}/api/companies/${cid}/events/ws${cursor ? `?cursor=${cursor}` : ""}`;
  // Node's own WebSocket sends headers along, which the browser's type doesn't know of.
  const socket: WebSocket = Reflect.construct(WebSocket, [at, { headers }]);
  const log = createEventLog();
  socket.addEventListener("message", ({ data }) => {
    if (data === "pong") return log.addComment("pong");
    const { id, event, data: activity } = JSON.parse(String(data));
    log.add({ id, kind: event, activity: event === "activity" ? activity : null });
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error("The socket was refused")));
  });
  await log.greeted();
  return { ...log.viewer, ping: () => socket.send("ping"), close: async () => socket.close() };
}

function createEventLog() {
  const events: ViewedEvent[] = [];
  const comments: string[] = [];
  const look = async (what: string, found: () => boolean, timeoutMs: number) => {
    for (const endAt = Date.now() + timeoutMs; !found(); await new Promise((resolve) => setTimeout(resolve, 10))) {
      const seen = events.map(({ kind, activity }) => activity?.action ?? kind).join(", ");
      if (Date.now() > endAt) throw new Error(`Waited ${timeoutMs} ms for ${what}; seen: ${seen}`);
    }
  };
  const viewer: Omit<EventViewer, "close"> = {
    events,
    comments,
    actions: () => events.flatMap(({ activity }) => (activity ? [activity.action] : [])),
    lastId: () => events.at(-1)?.id ?? "",
    async sees(what, passes, timeoutMs = 5000) {
      const find = () => events.flatMap(({ activity }) => (activity && passes(activity) ? [activity] : []))[0];
      await look(what, () => find() !== undefined, timeoutMs);
      const seen = find();
      if (!seen) throw new Error(`${what} is gone`);
      return seen;
    },
    until: (what, holds, timeoutMs = 5000) => look(what, holds, timeoutMs),
  };
  return {
    viewer,
    add: (event: ViewedEvent) => void events.push(event),
    addComment: (text: string) => void comments.push(text),
    addBlock(block: string) {
      const fields = new Map<string, string>();
      for (const line of block.split("\n")) {
        if (line.startsWith(":")) comments.push(line.slice(1).trim());
        const [, name, value] = /^([a-z]+): ?(.*)$/.exec(line) ?? [];
        if (name !== undefined && value !== undefined) fields.set(name, value);
      }
      const [id, kind] = [fields.get("id"), fields.get("event") ?? "ready"];
      if (id)
        events.push({ id, kind, activity: kind === "activity" ? JSON.parse(fields.get("data") ?? "null") : null });
    },
    greeted: () => look("the greeting", () => events.length > 0, 5000),
  };
}

async function readBlocks(body: ReadableStream<Uint8Array>, add: (block: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let text = "";
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) add(block);
  }
}
