import { type FeedCursor, type FeedEvent, parseFeedCursor } from "@boardroom/domain/live";

/** An event in the forms in which viewers get it. */
export interface FeedMessage {
  readonly at: FeedCursor;
  /** For an event stream. */
  readonly streamBytes: Uint8Array;
  /** For a WebSocket. */
  readonly socketText: string;
}

const encoder = new TextEncoder();

/** Each form is made once for all viewers, when the first of them needs it. Null for an event without a place in the feed. */
export function toFeedMessage(event: FeedEvent): FeedMessage | null {
  const at = parseFeedCursor(event.cursor);
  if (!at) return null;
  let bytes: Uint8Array | undefined;
  let text: string | undefined;
  return {
    at,
    get streamBytes() {
      bytes ??= encoder.encode(`id: ${event.cursor}\nevent: activity\ndata: ${JSON.stringify(event)}\n\n`);
      return bytes;
    },
    get socketText() {
      text ??= JSON.stringify({ id: event.cursor, event: "activity", data: event });
      return text;
    },
  };
}
