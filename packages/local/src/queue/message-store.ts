import { Journal } from "../journal.ts";
import type { DeadMessage, QueueMessage } from "./queue-message.ts";

type Entry =
  | { put: QueueMessage }
  | { del: string }
  | { bury: DeadMessage }
  | { unbury: string }
  | { seen: { key: string; messageId: string; until: number } };

const DEDUPLICATION_WINDOW_MS = 10 * 60_000;
const COMPACT_ABOVE_LINES = 20_000;

/** Messages waiting, messages given up and deduplication keys; in memory, and in a journal when a folder is given. */
export class MessageStore {
  readonly messages = new Map<string, QueueMessage>();
  readonly dead = new Map<string, DeadMessage>();
  private readonly seen = new Map<string, { messageId: string; until: number }>();
  private readonly journal: Journal<Entry> | undefined;

  static async open(dir: string | undefined): Promise<MessageStore> {
    const journal = dir === undefined ? undefined : new Journal<Entry>(dir, "queue");
    const store = new MessageStore(journal);
    for (const entry of (await journal?.read()) ?? []) store.apply(entry);
    await journal?.rewrite(() => store.list());
    return store;
  }

  private constructor(journal: Journal<Entry> | undefined) {
    this.journal = journal;
  }

  /** Stores a new message, or names the one that had the same key within the window. */
  async add(
    message: QueueMessage,
    key: string | undefined,
    now: number,
  ): Promise<{ messageId: string; deduplicated: boolean }> {
    const earlier = key === undefined ? undefined : this.seen.get(key);
    if (earlier && earlier.until > now) return { messageId: earlier.messageId, deduplicated: true };
    const { messageId } = message;
    const until = now + DEDUPLICATION_WINDOW_MS;
    const entries: Entry[] = [{ put: message }];
    if (key !== undefined) entries.push({ seen: { key, messageId, until } });
    try {
      await this.record(...entries);
    } catch (error) {
      // What could not be stored was not accepted.
      this.messages.delete(messageId);
      if (key !== undefined) this.seen.delete(key);
      throw error;
    }
    return { messageId, deduplicated: false };
  }

  update(message: QueueMessage): Promise<void> {
    return this.record({ put: message });
  }

  remove(messageId: string): Promise<void> {
    return this.record({ del: messageId });
  }

  bury(message: DeadMessage): Promise<void> {
    return this.record({ del: message.messageId }, { bury: message });
  }

  unbury(dlqId: string): Promise<void> {
    return this.record({ unbury: dlqId });
  }

  async close(): Promise<void> {
    await this.journal?.close();
  }

  private async record(...entries: Entry[]): Promise<void> {
    for (const entry of entries) this.apply(entry);
    if (!this.journal) return;
    const written = entries.map((entry) => this.journal?.append(entry));
    const live = this.messages.size + this.dead.size + this.seen.size;
    if (this.journal.lines > COMPACT_ABOVE_LINES && this.journal.lines > 4 * live) {
      this.forgetOld(Date.now());
      written.push(this.journal.rewrite(() => this.list()));
    }
    await Promise.all(written);
  }

  private apply(entry: Entry): void {
    if ("put" in entry) this.messages.set(entry.put.messageId, entry.put);
    else if ("del" in entry) this.messages.delete(entry.del);
    else if ("bury" in entry) this.dead.set(entry.bury.dlqId, entry.bury);
    else if ("unbury" in entry) this.dead.delete(entry.unbury);
    else this.seen.set(entry.seen.key, entry.seen);
  }

  private forgetOld(now: number): void {
    for (const [key, { until }] of this.seen) if (until <= now) this.seen.delete(key);
  }

  private list(): Entry[] {
    return [
      ...[...this.messages.values()].map((put): Entry => ({ put })),
      ...[...this.dead.values()].map((bury): Entry => ({ bury })),
      ...[...this.seen].map(([key, { messageId, until }]): Entry => ({ seen: { key, messageId, until } })),
    ];
  }
}
