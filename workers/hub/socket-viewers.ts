import { acceptSocket, type SocketStart, SocketViewer } from "./socket.ts";

/** Long before a hub falls asleep, and once for all events of a busy moment: a thousand places take longer than a broadcast. */
const rememberAfterMs = 1000;
/** So many places at a time, with a breath between, so that an event that comes meanwhile hardly waits. */
const rememberedAtOnce = 25;
const breathMs = 3;

/** The viewers behind a hub's sockets, which the runtime keeps while the hub sleeps. */
export class SocketViewers {
  readonly #ctx: DurableObjectState;
  /** The runtime is asked for them only when the hub wakes: for a thousand that takes milliseconds. */
  #known: Map<WebSocket, SocketViewer> | undefined;
  #isRemembering = false;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  /** Lets one in. */
  accept(start: SocketStart): Response {
    const known = this.#viewers();
    const { socket, response } = acceptSocket(this.#ctx, start);
    known.set(socket, new SocketViewer(this.#ctx, socket));
    return response;
  }

  forget(socket: WebSocket): void {
    this.#known?.delete(socket);
  }

  /** Everybody who is connected. */
  list(): SocketViewer[] {
    return [...this.#viewers().values()];
  }

  #viewers(): Map<WebSocket, SocketViewer> {
    this.#known ??= new Map(this.#ctx.getWebSockets().map((socket) => [socket, new SocketViewer(this.#ctx, socket)]));
    return this.#known;
  }

  /** Keeps everybody's place, when what was sent is on its way. */
  rememberSoon(): void {
    if (this.#isRemembering || this.#viewers().size === 0) return;
    this.#isRemembering = true;
    this.#ctx.waitUntil(this.#rememberAll());
  }

  async #rememberAll(): Promise<void> {
    await scheduler.wait(rememberAfterMs);
    this.#isRemembering = false;
    for (const [index, [socket, viewer]] of [...this.#viewers()].entries()) {
      if (index > 0 && index % rememberedAtOnce === 0) await scheduler.wait(breathMs);
      if (viewer.isReady) viewer.remember();
      else this.forget(socket);
    }
  }
}
