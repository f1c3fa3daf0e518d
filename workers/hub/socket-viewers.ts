import { SocketViewer } from "./socket.ts";

/** Long before a hub falls asleep, and once for all events of a busy moment: a thousand places take longer than a broadcast. */
const rememberAfterMs = 1000;

/** The viewers behind a hub's sockets, which the runtime keeps while the hub sleeps. */
export class SocketViewers {
  readonly #ctx: DurableObjectState;
  readonly #known = new Map<WebSocket, SocketViewer>();
  #isRemembering = false;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  /** Everybody who is connected. */
  list(): SocketViewer[] {
    const open = this.#ctx.getWebSockets().filter(({ readyState }) => readyState === WebSocket.OPEN);
    const viewers = open.map((socket) => this.#known.get(socket) ?? new SocketViewer(this.#ctx, socket));
    // Those that left without a word are forgotten with the next list.
    if (this.#known.size !== open.length) this.#known.clear();
    for (const [index, socket] of open.entries()) {
      const viewer = viewers[index];
      if (viewer) this.#known.set(socket, viewer);
    }
    return viewers;
  }

  /** Keeps everybody's place, when what was sent is on its way. */
  rememberSoon(): void {
    if (this.#isRemembering || this.#known.size === 0) return;
    this.#isRemembering = true;
    this.#ctx.waitUntil(
      scheduler.wait(rememberAfterMs).then(() => {
        this.#isRemembering = false;
        for (const viewer of this.#known.values()) viewer.remember();
      }),
    );
  }
}
