import { type FeedCursor, formatFeedCursor } from "@boardroom/domain/live";
import { encodeFrame, openFrameStream } from "./frame-stream.ts";
import type { Viewer } from "./viewer.ts";

export interface EventStreamOptions {
  start: FeedCursor;
  /** It has read enough to get more. */
  onReady(): void;
  onGone(): void;
}

/** Opens a stream of server-sent events for one viewer of a company. */
export function openEventStream({ start, onReady, onGone }: EventStreamOptions): {
  viewer: Viewer;
  response: Response;
} {
  let cursor = start;
  const stream = openFrameStream({ startId: formatFeedCursor(start), onReady, onGone });
  const viewer: Viewer = {
    get cursor() {
      return cursor;
    },
    get isReady() {
      return stream.isReady;
    },
    send({ at, streamBytes }) {
      cursor = at;
      stream.write(streamBytes);
    },
    reset(head) {
      cursor = head;
      stream.write(encodeFrame(formatFeedCursor(head), "reset", {}));
    },
    beat: () => stream.beat(),
  };
  return { viewer, response: stream.response };
}
