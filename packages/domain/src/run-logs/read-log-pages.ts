import type { RunStatus } from "@boardroom/contract";
import { BoardroomError } from "@boardroom/contract/errors";
import type { TenantConnection } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { found } from "../found.ts";
import type { ObjectPort } from "../ports.ts";
import { logKey } from "./limits.ts";
import { byteLength, type LogText, longestCharacter, sliceLog } from "./slice-log.ts";

export interface WantedLog {
  runId: string;
  offset: number;
  limitBytes: number;
}

export interface LogPage extends LogText {
  runId: string;
  nextOffset: number;
  totalBytes: number;
  /** Up to where it may be read by now. */
  visibleEnd: number;
  status: RunStatus;
  /** The run has ended and nothing follows. */
  isComplete: boolean;
  adapterType: string;
  /** Why object storage did not give it, though it is there: then the piece is empty. */
  failure: unknown;
}

/**
 * The page of a run that is there.
 * @throws BoardroomError not_found; unavailable when object storage did not give it
 */
export function readable(page: LogPage | null | undefined): LogPage {
  const { failure, ...read } = found(page, "run");
  if (failure === null) return { ...read, failure };
  const error = new BoardroomError("unavailable", "The log of this run can't be read at the moment. Try again.");
  error.cause = failure;
  throw error;
}

/** A page as the database answers it. */
export interface StoredPage {
  n: number;
  run_id: string;
  status: RunStatus;
  adapter_type: string;
  log_bytes: string;
  visible_end: string;
  is_archived: boolean;
  start: string | null;
  content: string | null;
}

const encoder = new TextEncoder();

interface Source {
  db: TenantConnection;
  objects: ObjectPort;
}

/**
 * Pieces of logs, in one request to the database and one to object storage for each that was moved there. While a run
 * runs, the end that may become a secret is left out.
 * @returns one for each wanted, in that order; null for a run that isn't there
 */
export async function readLogPages(source: Source, wanted: readonly WantedLog[]): Promise<(LogPage | null)[]> {
  if (wanted.length === 0) return [];
  return toLogPages(source, wanted, await source.db.raw<StoredPage>(selectLogPages(source.db.companyId, wanted)));
}

/** What `toLogPages` makes pages of, for a request that reads more than that. */
export const selectLogPages = (companyId: string, wanted: readonly WantedLog[]): SQL => sql`
  select w.n, r.id as run_id, r.status, a.adapter_type, r.log_bytes::text, r.log_archived_at is not null as is_archived,
    seen.visible_end::text, first.byte_offset::text as start,
    (select string_agg(c.content, '' order by c.byte_offset) from run_log_chunks c
      where c.company_id = r.company_id and c.run_id = r.id
        and c.byte_offset >= first.byte_offset and c.byte_offset < w."offset" + w."limitBytes") as content
  from jsonb_to_recordset(${JSON.stringify(wanted.map((each, n) => ({ n, ...each })))}::jsonb)
    as w (n int, "runId" uuid, "offset" bigint, "limitBytes" int)
  join heartbeat_runs r on r.company_id = ${companyId}::uuid and r.id = w."runId"
  join agents a on a.company_id = r.company_id and a.id = r.agent_id
  cross join lateral (select case when r.status in ('queued', 'running')
    then coalesce(r.log_open_from, r.log_bytes) else r.log_bytes end as visible_end) seen
  left join lateral (
    select c.byte_offset from run_log_chunks c
    where c.company_id = r.company_id and c.run_id = r.id and c.byte_offset <= w."offset" and w."offset" < seen.visible_end
    order by c.byte_offset desc limit 1) first on true`;

export async function toLogPages(
  { db: { companyId }, objects }: Source,
  wanted: readonly WantedLog[],
  rows: readonly StoredPage[],
): Promise<(LogPage | null)[]> {
  const byNumber = new Map(rows.map((row) => [row.n, row]));
  return Promise.all(
    wanted.map(async (each, n) => {
      const row = byNumber.get(n);
      if (!row?.is_archived) return row ? pageOf(row, each, null) : null;
      // One log that can't be had must not keep the others.
      return readObject(companyId, objects, row, each).then(
        (moved) => pageOf(row, each, moved),
        (failure: unknown) => {
          const { offset } = each;
          return { ...pageOf(row, each, null), offset, nextOffset: offset, isComplete: false, failure };
        },
      );
    }),
  );
}

/** The wanted piece of a moved log, with what a character at its edges may need. */
async function readObject(companyId: string, objects: ObjectPort, row: StoredPage, wanted: WantedLog) {
  const total = Number(row.log_bytes);
  if (wanted.offset >= total) return null;
  const start = Math.max(0, wanted.offset - longestCharacter);
  const length = Math.min(wanted.limitBytes + 2 * longestCharacter, total - start);
  const bytes = await objects.get(logKey(companyId, row.run_id), { offset: start, length });
  // What was moved is there until the company is gone.
  if (!bytes) throw new Error(`The log of run ${row.run_id} is missing in object storage`);
  return { start, bytes };
}

function pageOf(row: StoredPage, wanted: WantedLog, moved: { start: number; bytes: Uint8Array } | null): LogPage {
  const visibleEnd = Number(row.visible_end);
  // Nothing was read where nothing follows.
  const start = moved?.start ?? Number(row.start ?? visibleEnd);
  const bytes = moved?.bytes ?? encoder.encode(row.content ?? "");
  const visible = bytes.subarray(0, Math.max(0, visibleEnd - start));
  const { offset, content } = sliceLog(visible, start, Math.min(wanted.offset, visibleEnd), wanted.limitBytes);
  const nextOffset = offset + byteLength(content);
  const hasEnded = row.status !== "queued" && row.status !== "running";
  return {
    runId: row.run_id,
    offset,
    nextOffset,
    content,
    totalBytes: Number(row.log_bytes),
    visibleEnd,
    status: row.status,
    isComplete: hasEnded && nextOffset === visibleEnd,
    adapterType: row.adapter_type,
    failure: null,
  };
}
