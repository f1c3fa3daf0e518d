import type { Ctx } from "../context.ts";
import { redactPart } from "../redaction/redact.ts";
import { byteLength } from "./slice-log.ts";

/** A chunk as it is to be stored. */
export interface PreparedChunk {
  /** Its text, secrets masked. */
  content: string;
  /** The open end that it was joined to; null when it needs none. */
  joinedTo: number | null;
  /** Chunks before it whose end turned out to belong to a secret. */
  rewritten: { offset: number; content: string }[];
  /** Where the log is open after it, and what stands there. */
  openFrom: number | null;
  openSealed: string | null;
}

/** The end of a log that may hold the beginning of a secret. */
export interface OpenEnd {
  from: number;
  sealed: string;
  /** The stored chunks that it lies in. */
  chunks: { offset: number; content: string }[];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });

/** A chunk for a log of which nothing is open. */
export async function prepareChunk(ctx: Ctx, runId: string, offset: number, content: string): Promise<PreparedChunk> {
  const { text, openFrom } = redactPart(content, ctx.hidden);
  return { content: text, joinedTo: null, rewritten: [], ...(await leaveOpen(ctx, runId, offset, content, openFrom)) };
}

/** A chunk redacted together with the open end before it. */
export async function joinToOpenEnd(ctx: Ctx, runId: string, end: OpenEnd, content: string): Promise<PreparedChunk> {
  const before = await ctx.ports.secrets.open(end.sealed, openEndContext(ctx.db.companyId, runId));
  const raw = before + content;
  const { text, openFrom } = redactPart(raw, ctx.hidden);
  const masked = encoder.encode(text);
  const border = byteLength(before);
  return {
    content: decoder.decode(masked.subarray(border)),
    joinedTo: end.from,
    rewritten: rewrite(end, masked.subarray(0, border)),
    ...(await leaveOpen(ctx, runId, end.from, raw, openFrom)),
  };
}

async function leaveOpen(ctx: Ctx, runId: string, offset: number, raw: string, openFrom: number | null) {
  if (openFrom === null) return { openFrom: null, openSealed: null };
  const sealed = await ctx.ports.secrets.seal(raw.slice(openFrom), openEndContext(ctx.db.companyId, runId));
  return { openFrom: offset + byteLength(raw.slice(0, openFrom)), openSealed: sealed };
}

/** The stored chunks in which the open end reads otherwise now. */
function rewrite({ from, chunks }: OpenEnd, masked: Uint8Array): PreparedChunk["rewritten"] {
  return chunks.flatMap(({ offset, content }) => {
    const stored = encoder.encode(content);
    const next = stored.slice();
    const kept = Math.max(0, from - offset);
    const start = Math.max(0, offset - from);
    next.set(masked.subarray(start, start + stored.byteLength - kept), kept);
    const text = decoder.decode(next);
    return text === content ? [] : [{ offset, content: text }];
  });
}

const openEndContext = (companyId: string, runId: string) => `run-log:${companyId}:${runId}`;
