import { type FeedCursor, formatFeedCursor } from "@boardroom/domain";
import type { Viewer } from "./viewer.ts";

/** What may wait here for a viewer that reads slowly; the rest waits in the table until it has read. */
const maxWaitingBytes = 256 * 1024;
/** Heartbeats for which a viewer may read nothing before it is dropped; it resumes when it comes back. */
const maxSilentBeats = 2;

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

export interface EventStreamOptions {
  start: FeedCursor;
  /** It has read enough to get more. */
  onReady(): void;
  onGone(): void;
}

/** Opens a stream of server-sent events for one viewer. */
export function openEventStream({ start, onReady, onGone }: EventStreamOptions): {
  viewer: Viewer;
  response: Response;
} {
  const encoder = new TextEncoder();
  let cursor = start;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let wasFull = false;
  let silentBeats = 0;
  const isReady = () => controller !== undefined && (controller.desiredSize ?? 0) > 0;
  const enqueue = (bytes: Uint8Array) => {
    controller?.enqueue(bytes);
    wasFull = !isReady();
  };
  const write = (text: string) => enqueue(encoder.encode(text));
  const leave = () => {
    controller = undefined;
    onGone();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        // An id of its own, so that a viewer that saw no event yet resumes from here.
        write(`retry: 1000\nid: ${formatFeedCursor(start)}\n\n`);
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
  const viewer: Viewer = {
    get cursor() {
      return cursor;
    },
    get isReady() {
      return isReady();
    },
    send({ at, streamBytes }) {
      cursor = at;
      enqueue(streamBytes);
    },
    reset(head) {
      cursor = head;
      write(`id: ${formatFeedCursor(head)}\nevent: reset\ndata: {}\n\n`);
    },
    beat() {
      if (isReady()) return write(": still here\n\n");
      silentBeats += 1;
      if (silentBeats <= maxSilentBeats) return;
      controller?.error(new Error("The viewer reads nothing"));
      leave();
    },
  };
  return { viewer, response: new Response(body, { headers }) };
}
