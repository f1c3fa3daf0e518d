/** What may wait here for a viewer that reads slowly; the rest waits in the table until it has read. */
const maxWaitingBytes = 256 * 1024;
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

export function openFrameStream({ startId, onReady, onGone }: FrameStreamOptions): FrameStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let wasFull = false;
  let silentBeats = 0;
  const isReady = () => controller !== undefined && (controller.desiredSize ?? 0) > 0;
  const write = (frame: Uint8Array) => {
    controller?.enqueue(frame);
    wasFull = !isReady();
  };
  const leave = () => {
    controller = undefined;
    onGone();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        write(encoder.encode(`retry: 1000\nid: ${startId}\n\n`));
      },
      pull() {
        silentBeats = 0;
        if (wasFull) onReady();
        wasFull = false;
      },
      cancel: leave,
    },
    { highWaterMark: maxWaitingBytes, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return {
    response: new Response(body, { headers }),
    get isReady() {
      return isReady();
    },
    write,
    end(frame) {
      write(frame);
      controller?.close();
      controller = undefined;
    },
    beat() {
      if (isReady()) return write(stillHere);
      silentBeats += 1;
      if (silentBeats <= maxSilentBeats) return;
      controller?.error(new Error("The viewer reads nothing"));
      leave();
    },
  };
}
