import { type FeedCursor, formatFeedCursor } from "@boardroom/domain/live";
import type { FeedMessage } from "./feed-message.ts";
import type { Viewer } from "./viewer.ts";

/** What a socket remembers while the hub sleeps. */
interface SocketState {
  companyId: string;
  cursor: FeedCursor;
  /** Events sent since it was last known to read. */
  unheard: number;
  openedAt: number;
}

/** A socket says `ping` from time to time; one that was sent this much without a word is not reading. */
const maxUnheard = 2000;
const quietMs = 60_000;

export interface SocketStart {
  companyId: string;
  cursor: FeedCursor;
}

/** Accepts a WebSocket that outlives the hub's sleep. Messages are `{id, event, data}` as in the event stream. */
export function acceptSocket(ctx: DurableObjectState, start: SocketStart): { socket: WebSocket; response: Response } {
  const { 0: client, 1: server } = new WebSocketPair();
  ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  ctx.acceptWebSocket(server);
  const state: SocketState = { ...start, unheard: 0, openedAt: Date.now() };
  server.serializeAttachment(state);
  server.send(JSON.stringify({ id: formatFeedCursor(start.cursor), event: "ready", data: {} }));
  return { socket: server, response: new Response(null, { status: 101, webSocket: client }) };
}

/** The viewer behind a socket. Its place is known here while the hub is awake, and kept with the socket by `remember`. */
export class SocketViewer implements Viewer {
  readonly #ctx: DurableObjectState;
  readonly #socket: WebSocket;
  readonly #state: SocketState;
  /** When it was last asked whether it said something. */
  #askedAt: number;
  #isRemembered = true;
  #isOpen = true;

  constructor(ctx: DurableObjectState, socket: WebSocket) {
    this.#ctx = ctx;
    this.#socket = socket;
    this.#state = socket.deserializeAttachment();
    this.#askedAt = this.#state.openedAt;
  }

  get cursor(): FeedCursor {
    return this.#state.cursor;
  }

  /** Only as far as is known: to ask a thousand sockets takes a while, so `send` finds out. */
  get isReady(): boolean {
    return this.#isOpen;
  }

  send({ at, socketText }: FeedMessage): void {
    this.#send(at, socketText);
  }

  reset(head: FeedCursor): void {
    this.#send(head, JSON.stringify({ id: formatFeedCursor(head), event: "reset", data: {} }));
  }

  beat(): void {}

  /** Keeps its place over the hub's sleep. One that is not kept makes it see an event twice, never miss one. */
  remember(): void {
    if (this.#isRemembered || this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.serializeAttachment(this.#state);
    this.#isRemembered = true;
  }

  #send(at: FeedCursor, text: string): void {
    this.#isOpen = this.#socket.readyState === WebSocket.OPEN;
    if (!this.#isOpen) return;
    this.#isRemembered = false;
    this.#state.cursor = at;
    this.#state.unheard += 1;
    if (this.#state.unheard <= maxUnheard || this.#wasHeard()) this.#socket.send(text);
    else this.#socket.close(1013, "Not reading. Come back with ?cursor= and send ping now and then.");
  }

  /** Whether it said something since this was last asked, or just now. */
  #wasHeard(): boolean {
    const heardAt = this.#ctx.getWebSocketAutoResponseTimestamp(this.#socket)?.getTime() ?? this.#state.openedAt;
    const wasHeard = heardAt > this.#askedAt || Date.now() - heardAt < quietMs;
    this.#askedAt = Date.now();
    if (wasHeard) this.#state.unheard = 0;
    return wasHeard;
  }
}
