import { type FileHandle, open } from "node:fs/promises";
import type { AppendedLog } from "@boardroom/contract";
import { BoardroomError } from "@boardroom/contract";
import * as z from "zod";
import { judgeError } from "../api/judge-error.ts";
import { backoffMs, pause } from "../connection/backoff.ts";
import { wholeCharacters } from "./merge-streams.ts";

/** Sends what lies in a log's file, in order, from where the server stands. */
export interface LogSender {
  /** So many bytes more lie in the file. */
  grew(bytes: number): void;
  /** Resolves when no more than this is still to be sent, or nothing ever will be. */
  untilBehindBy(bytes: number): Promise<void>;
  /** Sends the rest and resolves: all of it is there, or the server wants no more of it. */
  finish(): Promise<void>;
  /** Sends nothing more: the run isn't ours. */
  stop(): void;
}

export interface LogSenderOptions {
  file: string;
  /** What lies in the file already. */
  length: number;
  send(chunk: LogChunk): Promise<AppendedLog>;
}

export interface LogChunk {
  seq: number;
  offset: number;
  /** Whole characters of UTF-8; good until the answer is there. */
  content: Buffer;
}

const maxChunkBytes = 64 * 1024;
/** A few lines wait this long for more. */
const gatherMs = 250;
const place = z.object({ nextOffset: z.number().int().min(0), nextSeq: z.number().int().min(0) });

export function createLogSender({ file, length, send }: LogSenderOptions): LogSender {
  const stopped = new AbortController();
  const state = { length, offset: 0, seq: 0, isFinishing: false, isOver: false };
  let changed = Promise.withResolvers<void>();
  const change = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const finished = work().finally(() => {
    state.isOver = true;
    change();
  });
  return {
    grew(bytes) {
      state.length += bytes;
      change();
    },
    async untilBehindBy(bytes) {
      while (!state.isOver && state.length - state.offset > bytes) await changed.promise;
    },
    async finish() {
      state.isFinishing = true;
      change();
      await finished;
    },
    stop() {
      stopped.abort();
      change();
    },
  };

  async function work(): Promise<void> {
    let handle: FileHandle | undefined;
    const buffer = Buffer.alloc(maxChunkBytes);
    try {
      while (!stopped.signal.aborted) {
        if (state.length <= state.offset) {
          if (state.isFinishing) return;
          await changed.promise;
          continue;
        }
        if (!state.isFinishing && state.length - state.offset < maxChunkBytes) await gather();
        handle ??= await open(file, "r");
        const { bytesRead } = await handle.read(buffer, 0, maxChunkBytes, state.offset);
        const content = buffer.subarray(0, wholeCharacters(buffer, bytesRead));
        if (content.length === 0 || !(await sendUntilTaken(content))) return;
        change();
      }
    } catch {
      // The file can't be read: the log ends here, the run goes on.
    } finally {
      await handle?.close();
    }
  }

  async function gather(): Promise<void> {
    const enough = async () => {
      while (!state.isFinishing && !stopped.signal.aborted && state.length - state.offset < maxChunkBytes) {
        await changed.promise;
      }
    };
    const timeUp = new AbortController();
    await Promise.race([enough(), pause(gatherMs, timeUp.signal)]);
    timeUp.abort();
  }

  /** @returns false when the server wants nothing more of this log */
  async function sendUntilTaken(content: Buffer): Promise<boolean> {
    for (let failures = 1; !stopped.signal.aborted; failures += 1) {
      try {
        const { nextOffset, nextSeq } = await send({ seq: state.seq, offset: state.offset, content });
        Object.assign(state, { offset: nextOffset, seq: nextSeq });
        return true;
      } catch (error) {
        const told = readPlace(error);
        if (told) {
          // What it has already needn't be sent again; what it never had is not in our file.
          if (told.nextOffset > state.length) return false;
          const isNews = told.nextOffset !== state.offset || told.nextSeq !== state.seq;
          Object.assign(state, { offset: told.nextOffset, seq: told.nextSeq });
          if (isNews) return true;
        } else if (judgeError(error) !== "later") return false;
        await pause(backoffMs(failures, 250, 10_000), stopped.signal);
      }
    }
    return false;
  }
}

function readPlace(error: unknown): { nextOffset: number; nextSeq: number } | null {
  if (!(error instanceof BoardroomError) || error.code !== "log_offset_mismatch") return null;
  return place.safeParse(error.details).data ?? null;
}
