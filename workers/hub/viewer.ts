import type { FeedCursor } from "@boardroom/domain/live";
import type { FeedMessage } from "./feed-message.ts";

/** Somebody who watches a company, over whichever connection. */
export interface Viewer {
  /** The place up to which it has seen everything. */
  readonly cursor: FeedCursor;
  /** False while it has enough to read; what follows waits in the table. */
  readonly isReady: boolean;
  send(message: FeedMessage): void;
  /** Too much was missed: it loads everything anew and goes on from here. */
  reset(head: FeedCursor): void;
  /** Shows that the connection lives. */
  beat(): void;
}
