import { type LogPage, sliceLog, type WantedLog } from "@boardroom/domain/live";
import { encodeFrame, type FrameStream, openFrameStream } from "./frame-stream.ts";
import { placesToRead } from "./places-to-read.ts";

/** What is read of a log, and sent, at a time. */
const pageBytes = 64 * 1024;
const tryAgainMs = 1000;

/** Somebody who watches the log of a run. */
interface TailViewer {
  /** The byte up to which it has everything. */
  offset: number;
  stream: FrameStream;
}

export interface RunTailsOptions {
  /** Pieces of logs, all in one request to the database. */
  read(wanted: readonly WantedLog[]): Promise<(LogPage | null)[]>;
  waitUntil(work: Promise<unknown>): void;
  onGone(): void;
}

/**
 * Those who watch the logs of a company's runs. What was written is read once for all of them: every round takes from each
 * log that grew the pieces at which somebody stands, and a viewer gets what follows its own place.
 */
export class RunTails {
  readonly #options: RunTailsOptions;
  readonly #viewers = new Map<string, Set<TailViewer>>();
  /** Runs whose log is to be looked at. */
  readonly #due = new Set<string>();
  #reading: Promise<void> | undefined;

  constructor(options: RunTailsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#viewers.size;
  }

  /** Opens a stream of `log` events `{offset, content}`, and one `end`; null when there is no such run. */
  async open(runId: string, offset: number): Promise<Response | null> {
    const isKnown = this.#viewers.has(runId);
    if (!isKnown && !(await this.#options.read([{ runId, offset, limitBytes: 4 }]))[0]) return null;
    const stream = openFrameStream({
      startId: String(offset),
      onReady: () => this.poke(runId),
      onGone: () => this.#drop(runId, viewer),
    });
    const viewer: TailViewer = { offset, stream };
    const others = this.#viewers.get(runId) ?? new Set();
    this.#viewers.set(runId, others.add(viewer));
    this.poke(runId);
    return stream.response;
  }

  /** The log of this run grew, or the run ended. */
  poke(runId: string): void {
    if (!this.#viewers.has(runId)) return;
    this.#due.add(runId);
    this.#reading ??= this.#readAll();
    this.#options.waitUntil(this.#reading);
  }

  /** Also looks at every log: the word that one grew may have been lost. */
  beat(): void {
    for (const [runId, viewers] of this.#viewers) {
      for (const { stream } of viewers) stream.beat();
      this.poke(runId);
    }
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#due.size > 0) await this.#readRound();
    } catch (error) {
      console.warn("Logs could not be read for their viewers; they are tried again.", error);
      setTimeout(() => {
        for (const runId of this.#viewers.keys()) this.poke(runId);
      }, tryAgainMs);
    } finally {
      this.#reading = undefined;
    }
  }

  async #readRound(): Promise<void> {
    const runIds = [...this.#due];
    this.#due.clear();
    const wanted = runIds.flatMap((runId) =>
      placesToRead(this.#readyOf(runId), pageBytes).map((offset) => ({ runId, offset, limitBytes: pageBytes })),
    );
    const pages = await this.#options.read(wanted);
    for (const [index, { runId, offset }] of wanted.entries()) {
      const page = pages[index] ?? null;
      this.#deliver(runId, offset, page);
      const isBehind = this.#readyOf(runId).some((place) => place < (page?.visibleEnd ?? 0));
      // One that could not be had is tried again with the next heartbeat.
      if (isBehind && page?.failure === null) this.#due.add(runId);
    }
  }

  #readyOf(runId: string): number[] {
    return [...(this.#viewers.get(runId) ?? [])].flatMap(({ offset, stream }) => (stream.isReady ? [offset] : []));
  }

  /** Gives a piece to everyone who stands in it. */
  #deliver(runId: string, wantedOffset: number, page: LogPage | null): void {
    const frames = new Map<number, Uint8Array>();
    for (const viewer of this.#viewers.get(runId) ?? []) {
      const stands = viewer.offset >= wantedOffset && viewer.offset < wantedOffset + pageBytes;
      if (!stands || !viewer.stream.isReady) continue;
      if (page && page.nextOffset > viewer.offset) {
        const frame = frames.get(viewer.offset) ?? frameOf(page, viewer.offset);
        frames.set(viewer.offset, frame);
        viewer.stream.write(frame);
        viewer.offset = page.nextOffset;
      }
      if (!page || page.isComplete) this.#end(runId, viewer, page);
    }
  }

  #end(runId: string, viewer: TailViewer, page: LogPage | null): void {
    const { totalBytes, status } = page ?? { totalBytes: viewer.offset, status: null };
    viewer.stream.end(encodeFrame(`${viewer.offset}.end`, "end", { totalBytes, status }));
    this.#drop(runId, viewer);
  }

  #drop(runId: string, viewer: TailViewer): void {
    const viewers = this.#viewers.get(runId);
    viewers?.delete(viewer);
    if (viewers?.size === 0) this.#viewers.delete(runId);
    this.#options.onGone();
  }
}

/** What of a piece follows a viewer's place. */
function frameOf(page: LogPage, from: number): Uint8Array {
  const part =
    from <= page.offset ? page : sliceLog(new TextEncoder().encode(page.content), page.offset, from, pageBytes);
  return encodeFrame(String(page.nextOffset), "log", { offset: part.offset, content: part.content });
}
