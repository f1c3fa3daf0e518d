import { DurableObject } from "cloudflare:workers";
import { openDatabase } from "@boardroom/db/connection";
import {
  formatFeedCursor,
  hasListeners,
  isAfter,
  parseFeedCursor,
  readFeed,
  readLogPages,
} from "@boardroom/domain/live";
import { readDatabaseOptions, type WorkerEnv } from "./env.ts";
import { openEventStream } from "./hub/event-stream.ts";
import { toFeedMessage } from "./hub/feed-message.ts";
import { Listeners } from "./hub/listeners.ts";
import { openLogTail } from "./hub/open-log-tail.ts";
import { RunTails } from "./hub/run-tails.ts";
import { SocketViewers } from "./hub/socket-viewers.ts";
import type { Viewer } from "./hub/viewer.ts";
import { createObjectStore } from "./object-store.ts";

/** More than this is not replayed: the viewer is told to load its page anew. */
const replayLimit = 1000;
const heartbeatMs = 15_000;
/** Others' transactions are short: the first look again finds most of them over. */
const lookAgainMs = 10;
const longestLookAgainMs = 1000;

/**
 * The open boards of one company. The table is the memory: the hub reads it once for all viewers when something was
 * written, and each viewer gets what follows its own place. Who may watch is decided before a request comes here.
 */
export class CompanyHub extends DurableObject<WorkerEnv> {
  readonly #database = openDatabase(readDatabaseOptions(this.env));
  readonly #streams = new Set<Viewer>();
  readonly #sockets = new SocketViewers(this.ctx);
  readonly #listeners = new Listeners((companyId) => hasListeners(this.#tenant(companyId)));
  #tails: RunTails | undefined;
  #heartbeat: number | null = null;
  #reading: Promise<void> | undefined;
  #isPoked = false;
  #isWaiting = false;
  #lookAgainAfterMs = lookAgainMs;

  /**
   * `GET /events` and `GET /ws` with the company in `x-company-id`; resumes after `Last-Event-ID` or `?cursor=`. And
   * `GET /heartbeat-runs/:id/log/stream`, which resumes after `Last-Event-ID` or `?offset=`.
   */
  override async fetch(request: Request): Promise<Response> {
    const companyId = request.headers.get("x-company-id");
    if (!companyId) return new Response(null, { status: 400 });
    const url = new URL(request.url);
    const tail = await openLogTail(request, () => this.#tailsOf(companyId));
    if (tail) return this.#keepBeating(tail);
    const wished = request.headers.get("last-event-id") ?? url.searchParams.get("cursor");
    const cursor = parseFeedCursor(wished) ?? (await readFeed(this.#tenant(companyId), null, 0)).head;
    if (request.headers.get("upgrade") === "websocket") {
      const response = this.#sockets.accept({ companyId, cursor });
      this.ctx.waitUntil(this.#read(companyId));
      return response;
    }
    const { viewer, response } = openEventStream({
      start: cursor,
      onReady: () => this.ctx.waitUntil(this.#read(companyId)),
      onGone: () => this.#drop(viewer),
    });
    this.#streams.add(viewer);
    this.ctx.waitUntil(this.#read(companyId));
    return this.#keepBeating(response);
  }

  /**
   * There is something new: in the log of this run, or in the feed. Reads it when somebody watches.
   * @param canTell the caller can have addresses outside told
   * @returns whether it has to: of all who poke within a second, one does
   */
  async poke(companyId: string, runId?: string, canTell = false): Promise<boolean> {
    if (runId !== undefined) {
      this.#tails?.poke(runId);
      return false;
    }
    this.ctx.waitUntil(this.#read(companyId));
    return canTell && this.#listeners.areDue(companyId);
  }

  /** The company may have other addresses to tell than before. */
  async forgetListeners(): Promise<void> {
    this.#listeners.forget();
  }

  /** Nothing is expected of a viewer but `ping`, which is answered without waking the hub. */
  override webSocketMessage(): void {}

  override webSocketClose(socket: WebSocket, code: number): void {
    this.#sockets.forget(socket);
    // 1005 and 1006 only report; they can't be sent back.
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
  }

  override webSocketError(socket: WebSocket): void {
    this.#sockets.forget(socket);
  }

  /** Reads until nothing new is left; a poke meanwhile makes it read once more. */
  async #read(companyId: string): Promise<void> {
    this.#isPoked = true;
    this.#reading ??= (async () => {
      try {
        while (this.#isPoked) {
          this.#isPoked = false;
          await this.#readOnce(companyId);
        }
      } catch (error) {
        console.warn("The event feed could not be read; it is tried again.", error);
        this.#lookAgain(companyId);
      } finally {
        this.#reading = undefined;
      }
    })();
    return this.#reading;
  }

  async #readOnce(companyId: string): Promise<void> {
    const viewers = this.#viewers().filter(({ isReady }) => isReady);
    const [first, ...others] = viewers.map(({ cursor }) => cursor);
    if (!first) return;
    const oldest = others.reduce((earliest, cursor) => (isAfter(earliest, cursor) ? cursor : earliest), first);
    const page = await readFeed(this.#tenant(companyId), oldest, replayLimit);
    for (const event of page.events) {
      const message = toFeedMessage(event);
      if (!message) continue;
      for (const viewer of viewers) if (viewer.isReady && isAfter(message.at, viewer.cursor)) viewer.send(message);
    }
    this.#sockets.rememberSoon();
    const last = page.events.at(-1)?.cursor;
    if (page.hasMore) {
      // Who got the whole page and still isn't at its end missed too much; who is full goes on when it has read.
      for (const viewer of viewers) if (formatFeedCursor(viewer.cursor) === last) viewer.reset(page.head);
      this.#isPoked = true;
    }
    if (page.isHeldBack) this.#lookAgain(companyId);
    else this.#lookAgainAfterMs = lookAgainMs;
  }

  #lookAgain(companyId: string): void {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    setTimeout(() => {
      this.#isWaiting = false;
      void this.#read(companyId);
    }, this.#lookAgainAfterMs);
    this.#lookAgainAfterMs = Math.min(this.#lookAgainAfterMs * 2, longestLookAgainMs);
  }

  #viewers(): Viewer[] {
    return [...this.#streams, ...this.#sockets.list()];
  }

  #beat(): void {
    for (const viewer of this.#streams) viewer.beat();
    this.#tails?.beat();
  }

  #keepBeating(response: Response): Response {
    this.#heartbeat ??= setInterval(() => this.#beat(), heartbeatMs);
    return response;
  }

  #drop(viewer: Viewer): void {
    this.#streams.delete(viewer);
    this.#restWhenAlone();
  }

  #restWhenAlone(): void {
    if (this.#streams.size + (this.#tails?.size ?? 0) > 0) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = null;
  }

  #tailsOf(companyId: string): RunTails {
    const source = { db: this.#tenant(companyId), objects: createObjectStore(this.env.FILES) };
    this.#tails ??= new RunTails({
      read: (wanted) => readLogPages(source, wanted),
      waitUntil: (work) => this.ctx.waitUntil(work),
      onGone: () => this.#restWhenAlone(),
    });
    return this.#tails;
  }

  #tenant(companyId: string) {
    return this.#database.tenant(companyId, "hub");
  }
}
