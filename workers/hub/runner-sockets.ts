import type { RunnerHint } from "@boardroom/contract";

/** What a socket remembers while the hub sleeps. */
interface SocketState {
  companyId: string;
  runnerId: string;
  openedAt: number;
}

/** Runners say `ping` every 25 s; one that was silent for longer than this is taken for gone. */
const silentMs = 75_000;
/** Close codes that a runner understands. */
export const closings = {
  replaced: { code: 4001, reason: "A newer connection with this runner's credential took over." },
  revoked: { code: 4003, reason: "This runner was revoked." },
} as const;

/** The sockets of a company's runners, one for each; the runtime keeps them while the hub sleeps. */
export class RunnerSockets {
  readonly #ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** Accepts a runner's socket in place of the one that it had. */
  accept(visit: { companyId: string; runnerId: string }): { response: Response; send(hint: RunnerHint): void } {
    this.close(visit.runnerId, "replaced");
    const { 0: client, 1: server } = new WebSocketPair();
    this.#ctx.acceptWebSocket(server, [visit.runnerId]);
    const state: SocketState = { ...visit, openedAt: Date.now() };
    server.serializeAttachment(state);
    const response = new Response(null, { status: 101, webSocket: client });
    return { response, send: (hint) => server.send(JSON.stringify(hint)) };
  }

  /** @returns whether somebody is there who reads it */
  send(runnerId: string, hint: RunnerHint): boolean {
    const open = this.#openOf(runnerId);
    for (const socket of open) socket.send(JSON.stringify(hint));
    return open.some((socket) => this.#isHeard(socket));
  }

  close(runnerId: string, why: keyof typeof closings): void {
    const { code, reason } = closings[why];
    for (const socket of this.#openOf(runnerId)) socket.close(code, reason);
  }

  /** Whose socket this is. */
  ownerOf(socket: WebSocket): SocketState {
    return socket.deserializeAttachment();
  }

  /** The runners whose sockets are open, and who were heard of lately. */
  online(): string[] {
    const open = this.#ctx.getWebSockets().filter((socket) => isOpen(socket) && this.#isHeard(socket));
    return open.map((socket) => this.ownerOf(socket).runnerId);
  }

  isOnline(runnerId: string): boolean {
    return this.#openOf(runnerId).some((socket) => this.#isHeard(socket));
  }

  #openOf(runnerId: string): WebSocket[] {
    return this.#ctx.getWebSockets(runnerId).filter(isOpen);
  }

  #isHeard(socket: WebSocket): boolean {
    const heardAt = this.#ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0;
    return Date.now() - Math.max(heardAt, this.ownerOf(socket).openedAt) < silentMs;
  }
}

const isOpen = ({ readyState }: WebSocket) => readyState === WebSocket.OPEN;
