import { type FeedCursor, formatFeedCursor } from "@boardroom/domain";
import type { Viewer } from "./viewer.ts";

/** What a socket remembers while the hub sleeps. */
interface SocketState {
  companyId: string;
  cursor: FeedCursor;
  /** Events sent since it was last heard of. */
  unheard: number;
  openedAt: number;
}

/** A socket says `ping` from time to time; one that was sent this much without a word is not reading. */
const maxUnheard = 2000;
const quietMs = 60_000;

/** Accepts a WebSocket that outlives the hub's sleep. Messages are `{id, event, data}` as in the event stream. */
export function acceptSocket(ctx: DurableObjectState, start: { companyId: string; cursor: FeedCursor }): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  ctx.acceptWebSocket(server);
  remember(server, { ...start, unheard: 0, openedAt: Date.now() });
  server.send(JSON.stringify({ id: formatFeedCursor(start.cursor), event: "ready", data: {} }));
  return new Response(null, { status: 101, webSocket: client });
}

/** The viewer behind a socket; its place is kept with the socket. */
export function socketViewer(ctx: DurableObjectState, socket: WebSocket): Viewer {
  const state = (): SocketState => socket.deserializeAttachment();
  const send = (at: FeedCursor, text: string) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    const before = state();
    const heardAt = ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? before.openedAt;
    const unheard = Date.now() - heardAt < quietMs ? 0 : before.unheard + 1;
    remember(socket, { ...before, cursor: at, unheard });
    if (unheard > maxUnheard)
      return socket.close(1013, "Not reading. Come back with ?cursor= and send ping now and then.");
    socket.send(text);
  };
  return {
    get cursor() {
      return state().cursor;
    },
    isReady: true,
    send: ({ at, socketText }) => send(at, socketText),
    reset: (head) => send(head, JSON.stringify({ id: formatFeedCursor(head), event: "reset", data: {} })),
    beat: () => undefined,
  };
}

function remember(socket: WebSocket, state: SocketState): void {
  socket.serializeAttachment(state);
}
