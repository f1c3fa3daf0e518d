import { type TranscriptEntry, type TranscriptPage, transcriptKinds } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, asc, eq, gt, inArray, isNotNull } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { cutEntry, entryOfEvent } from "./cut-entry.ts";
import { type LogPage, readable, readLogPages, type StoredPage, selectLogPages, toLogPages } from "./read-log-pages.ts";

const { heartbeatRuns, runEvents } = schema;
type Input = InputOf<"runLogs.transcript">;

/** What is looked at for one answer, and, when a single line is longer, once more. */
const pieceBytes = 256 * 1024;
const longestLineBytes = 1024 * 1024;

/** What a run said, thought and did: read from its log, or from its events when it wrote none. */
export async function readRunTranscript(ctx: Ctx, { id, offset, afterSeq, limit }: Input): Promise<TranscriptPage> {
  const { db } = ctx;
  const source = { db, objects: ctx.ports.objects };
  const wanted = [{ runId: id, offset, limitBytes: pieceBytes }];
  const [stored, events] = await db.readAll([
    db.build.execute<StoredPage & Record<string, unknown>>(selectLogPages(db.companyId, wanted)),
    selectEvents(ctx, id, afterSeq, limit + 1),
  ]);
  const [page] = await toLogPages(source, wanted, stored.rows);
  const piece = readable(page);
  if (piece.totalBytes === 0) {
    const shown = events.slice(0, limit);
    return {
      runId: id,
      entries: shown.map(entryOfEvent),
      nextOffset: 0,
      nextSeq: shown.at(-1)?.seq ?? afterSeq,
      isComplete: piece.isComplete && events.length <= limit,
    };
  }
  const read = readPiece(ctx, piece) ?? (await readLongLine(ctx, source, id, offset));
  const entries = read.entries.slice(0, limit);
  const next = read.entries[limit];
  return {
    runId: id,
    entries,
    nextOffset: next?.offset ?? read.nextOffset,
    nextSeq: afterSeq,
    isComplete: read.isComplete && next === undefined,
  };
}

interface ReadPiece {
  entries: (TranscriptEntry & { offset: number })[];
  nextOffset: number;
  isComplete: boolean;
}

/** The entries of a piece; null when its first line doesn't end in it although more follows. */
function readPiece({ ports }: Ctx, page: LogPage, isLine = page.isComplete): ReadPiece | null {
  const { entries, readBytes } = ports.readTranscript(page.adapterType, page.content, isLine);
  if (readBytes === 0 && page.nextOffset - page.offset > pieceBytes - 4) return null;
  return {
    entries: entries.map((entry) => ({ ...cutEntry(entry), offset: page.offset + entry.offset })),
    nextOffset: page.offset + readBytes,
    isComplete: page.isComplete,
  };
}

/** A line that is longer still is shown in pieces, so that nobody waits at it for ever. */
async function readLongLine(
  ctx: Ctx,
  source: Parameters<typeof readLogPages>[0],
  runId: string,
  offset: number,
): Promise<ReadPiece> {
  const [page] = await readLogPages(source, [{ runId, offset, limitBytes: longestLineBytes }]);
  const piece = readable(page);
  return found(readPiece(ctx, piece) ?? readPiece(ctx, piece, true), "line");
}

const selectEvents = ({ db }: Ctx, runId: string, afterSeq: number, limit: number) =>
  db.build
    .select({
      seq: runEvents.seq,
      kind: runEvents.kind,
      message: runEvents.message,
      data: runEvents.data,
      createdAt: runEvents.createdAt,
    })
    .from(runEvents)
    .innerJoin(
      heartbeatRuns,
      and(eq(heartbeatRuns.companyId, runEvents.companyId), eq(heartbeatRuns.id, runEvents.runId)),
    )
    .where(
      and(
        eq(runEvents.companyId, db.companyId),
        eq(runEvents.runId, runId),
        gt(runEvents.seq, afterSeq),
        isNotNull(runEvents.agentSeq),
        inArray(runEvents.kind, [...transcriptKinds]),
        eq(heartbeatRuns.hasLog, false),
      ),
    )
    .orderBy(asc(runEvents.seq))
    .limit(limit);
