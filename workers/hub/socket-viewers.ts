import { SocketViewer } from "./socket.ts";

/** Long before a hub falls asleep, and once for all events of a busy moment: a thousand places take longer than a broadcast. */
const rememberAfterMs = 1000;
/** So many places at a time, with a breath between, so that an event that comes meanwhile hardly waits. */
const rememberedAtOnce = 25;
const breathMs = 3;

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
    this.#ctx.waitUntil(this.#rememberAll());
  }

  async #rememberAll(): Promise<void> {
    await scheduler.wait(rememberAfterMs);
    this.#isRemembering = false;
    for (const [index, viewer] of [...this.#known.values()].entries()) {
      if (index > 0 && index % rememberedAtOnce === 0) await scheduler.wait(breathMs);
      viewer.remember();
    }
  }
}
