import { open } from "node:fs/promises";
import type { LogSender } from "./log-sender.ts";
import { createStreamMerger, type StreamName } from "./merge-streams.ts";

/** The log of a run: on disk first, and from there to the server. */
export interface RunLog {
  /** Resolves when more may come: slowly, when the server takes less than the program writes. */
  write(stream: StreamName, bytes: Uint8Array): Promise<void>;
  /** A line of the runner's own. */
  note(line: string): Promise<void>;
  /** Everything is on disk; nothing more comes. */
  close(): Promise<void>;
}

/** A program that writes more than this ahead of the server waits. */
const maxAheadBytes = 32 * 1024 * 1024;
/** A line without an end is shown after so long. */
const unfinishedLineMs = 500;

/** The server takes 256 MiB of a log; more fills nobody's disk. */
const maxKeptBytes = 288 * 1024 * 1024;
const cutLine = Buffer.from("\n[boardroom] The log is too long; the rest is not kept.\n");

export async function openRunLog(file: string, sender: LogSender, maxBytes = maxKeptBytes): Promise<RunLog> {
  const handle = await open(file, "a", 0o600);
  const merger = createStreamMerger();
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let keptBytes = 0;
  const append = (bytes: Buffer): Promise<void> => {
    if (bytes.length === 0 || keptBytes > maxBytes) return writing;
    keptBytes += bytes.length;
    const kept = keptBytes > maxBytes ? cutLine : bytes;
    writing = writing.then(() => handle.appendFile(kept)).then(() => sender.grew(kept.length));
    return writing;
  };
  const flushLater = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void append(merger.flush()).catch(() => undefined), unfinishedLineMs);
    timer.unref();
  };
  return {
    async write(stream, bytes) {
      await append(merger.push(stream, bytes));
      flushLater();
      await sender.untilBehindBy(maxAheadBytes);
    },
    async note(line) {
      await append(merger.flush());
      await append(Buffer.from(`${line}\n`));
    },
    async close() {
      clearTimeout(timer);
      await append(merger.flush());
      await writing;
      await handle.sync();
      await handle.close();
    },
  };
}
