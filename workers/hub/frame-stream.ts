/** What may wait here for a viewer that reads slowly; the rest waits in the table until it has read. */
const maxWaitingBytes = 256 * 1024;
/** How soon it is looked whether a viewer has read what waits for it; then after twice as long each time. */
const lookAgainMs = 10;
const longestLookAgainMs = 1000;
/** Heartbeats for which a viewer may read nothing before it is dropped; it resumes when it comes back. */
const maxSilentBeats = 2;

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

export interface FrameStreamOptions {
  /** Where the viewer begins: an id of its own, so that one that saw no event yet resumes from there. */
  startId: string;
  /** It has read enough to get more. */
  onReady(): void;
  onGone(): void;
}

/** A stream of server-sent events for one viewer, whatever they tell. */
export interface FrameStream {
  readonly response: Response;
  /** False while it has enough to read. */
  readonly isReady: boolean;
  write(frame: Uint8Array): void;
  /** Writes the last frame; the viewer is not reported as gone. */
  end(frame: Uint8Array): void;
  /** Shows that the connection lives; drops a viewer that reads nothing. */
  beat(): void;
}

const encoder = new TextEncoder();
export const encodeFrame = (id: string, event: string, data: unknown): Uint8Array =>
  encoder.encode(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

const stillHere = encoder.encode(": still here\n\n");

/**
 * A stream has neither `pull` nor `size`: the runtime calls them for every frame of every viewer, a fifth of what an event
 * for a thousand costs. So bytes are counted here, and only who has enough to read is looked after.
 */
export function openFrameStream({ startId, onReady, onGone }: FrameStreamOptions): FrameStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let waitingBytes = 0;
  let isFull = false;
  let silentBeats = 0;
  /** One frame is wished for at a time, so this is told from the wish: none waits. */
  const hasReadAll = () => controller?.desiredSize === 1;
  const lookWhetherRead = (afterMs: number) => {
    setTimeout(() => {
      if (!controller) return;
      if (!hasReadAll()) return lookWhetherRead(Math.min(afterMs * 2, longestLookAgainMs));
      isFull = false;
      silentBeats = 0;
      onReady();
    }, afterMs);
  };
  const write = (frame: Uint8Array) => {
    if (hasReadAll()) waitingBytes = 0;
    waitingBytes += frame.byteLength;
    controller?.enqueue(frame);
    if (isFull || waitingBytes < maxWaitingBytes) return;
    isFull = true;
    lookWhetherRead(lookAgainMs);
  };
  const leave = () => {
    controller = undefined;
    onGone();
  };
  const body = new ReadableStream<Uint8Array>({
    start(opened) {
      controller = opened;
      write(encoder.encode(`retry: 1000\nid: ${startId}\n\n`));
    },
    cancel: leave,
  });
  return {
    response: new Response(body, { headers }),
    get isReady() {
      return controller !== undefined && !isFull;
    },
    write,
    end(frame) {
      write(frame);
      controller?.close();
      controller = undefined;
    },
    beat() {
      if (!isFull) return write(stillHere);
      silentBeats += 1;
      if (silentBeats <= maxSilentBeats) return;
      controller?.error(new Error("The viewer reads nothing"));
      leave();
    },
  };
}
