import { Miniflare } from "miniflare";

export interface BareObject {
  url: string;
  /** @returns when it was told to send */
  broadcast(bytes: string): Promise<number>;
  stop(): Promise<void>;
}

/** What the platform takes at least: a Durable Object that sends what it is told to all its streams and sockets. */
export async function startBareObject(): Promise<BareObject> {
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    modules: [{ type: "ESModule", path: "bare.js", contents: script }],
    compatibilityDate: "2026-07-20",
    durableObjects: { HUB: { className: "Hub", useSQLite: true } },
  });
  const { origin } = await miniflare.ready;
  return {
    url: `${origin}/`,
    async broadcast(bytes) {
      const startedAt = Date.now();
      await fetch(origin, { method: "POST", body: bytes });
      return startedAt;
    },
    stop: () => miniflare.dispose(),
  };
}

const script = `
const encoder = new TextEncoder();
export class Hub {
  streams = new Set();
  constructor(ctx) {
    this.ctx = ctx;
  }
  async fetch(request) {
    if (request.method === "POST") {
      const text = await request.text();
      const bytes = encoder.encode(text + "\\n\\n");
      for (const socket of this.ctx.getWebSockets()) socket.send(text);
      for (const stream of this.streams) stream.enqueue(bytes);
      return new Response(null, { status: 204 });
    }
    if (request.headers.get("upgrade") === "websocket") {
      const { 0: client, 1: server } = new WebSocketPair();
      this.ctx.acceptWebSocket(server);
      return new Response(null, { status: 101, webSocket: client });
    }
    const open = (stream) => { this.streams.add(stream); stream.enqueue(encoder.encode("id: 0\\n\\n")); };
    return new Response(new ReadableStream({ start: open }), { headers: { "content-type": "text/event-stream" } });
  }
}
export default { fetch: (request, env) => env.HUB.get(env.HUB.idFromName("bare")).fetch(request) };
`;
