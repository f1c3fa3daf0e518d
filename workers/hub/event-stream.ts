import { type FeedCursor, type FeedEvent, formatFeedCursor } from "@boardroom/domain";
import type { Viewer } from "./viewer.ts";

/** What may wait for a viewer that reads slowly; beyond it the viewer is dropped and resumes when it comes back. */
const maxWaitingBytes = 256 * 1024;

const headers = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
};

/** Opens a stream of server-sent events for one viewer. */
export function openEventStream(start: FeedCursor, onGone: () => void): { viewer: Viewer; response: Response } {
  const encoder = new TextEncoder();
  let cursor = start;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const leave = () => {
    controller = undefined;
    onGone();
  };
  const write = (text: string) => {
    if (!controller) return;
    if ((controller.desiredSize ?? 0) <= 0) {
      controller.error(new Error("The viewer reads too slowly"));
      return leave();
    }
    controller.enqueue(encoder.encode(text));
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        // An id of its own, so that a viewer that saw no event yet resumes from here.
        write(`retry: 1000\nid: ${formatFeedCursor(start)}\n\n`);
      },
      cancel: leave,
    },
    { highWaterMark: maxWaitingBytes, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  const viewer: Viewer = {
    get cursor() {
      return cursor;
    },
    send(event: FeedEvent, at) {
      cursor = at;
      write(`id: ${event.cursor}\nevent: activity\ndata: ${JSON.stringify(event)}\n\n`);
    },
    reset(head) {
      cursor = head;
      write(`id: ${formatFeedCursor(head)}\nevent: reset\ndata: {}\n\n`);
    },
    beat: () => write(": still here\n\n"),
  };
  return { viewer, response: new Response(body, { headers }) };
}
