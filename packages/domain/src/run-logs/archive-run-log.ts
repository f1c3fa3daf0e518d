import type { TenantConnection } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ports } from "../ports.ts";
import { archivePageBytes, logKey } from "./limits.ts";

/** What moving a log needs: no actor, because it changes nothing that anybody sees. */
export interface ArchiveScope {
  db: TenantConnection;
  ports: Pick<Ports, "objects">;
}

/**
 * Moves the log of an ended run into object storage, as one object. Safe to call at any time and by any number at once: the
 * chunks go only after the object is there, whole.
 * @returns whether this call moved it
 */
export async function archiveRunLog({ db, ports }: ArchiveScope, runId: string): Promise<boolean> {
  const [log] = await db.raw<{ log_bytes: string }>(sql`
    select log_bytes::text from heartbeat_runs where ${ofEndedRun(db, runId)} and has_log and log_archived_at is null`);
  if (!log) return false;
  const length = Number(log.log_bytes);
  const key = logKey(db.companyId, runId);
  try {
    await ports.objects.put(key, streamLog(db, runId, length), length);
  } catch (error) {
    if (await isArchived(db, runId)) return false;
    throw error;
  }
  const moved = await db.raw(sql`
    with moved as (
      update heartbeat_runs set log_archived_at = now(), log_open_from = null, log_open_sealed = null
      where ${ofEndedRun(db, runId)} and log_archived_at is null and log_bytes = ${length}::bigint returning company_id, id),
    gone as (
      delete from run_log_chunks c using moved where c.company_id = moved.company_id and c.run_id = moved.id returning 1)
    select id, (select count(*) from gone) from moved`);
  return moved.length > 0;
}

/** Somebody else moved it meanwhile, so that the stream ended early and storage refused it: the object of theirs is whole. */
async function isArchived(db: TenantConnection, runId: string): Promise<boolean> {
  const rows = await db.raw(
    sql`select 1 from heartbeat_runs where ${ofEndedRun(db, runId)} and log_archived_at is not null`,
  );
  return rows.length > 0;
}

/** An ended run's log grows no more. */
const ofEndedRun = (db: TenantConnection, runId: string) => sql`company_id = ${db.companyId}::uuid
  and id = ${runId}::uuid and status not in ('queued', 'running')`;

/** The log piece by piece, so that only one is in memory. Ends early when somebody else has moved the chunks meanwhile. */
function streamLog(db: TenantConnection, runId: string, length: number): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let offset = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const bytes = offset < length ? encoder.encode(await readPiece(db, runId, offset)) : new Uint8Array();
        if (bytes.byteLength === 0) return controller.close();
        offset += bytes.byteLength;
        controller.enqueue(bytes);
      },
    },
    { highWaterMark: 0 },
  );
}

/** Whole chunks, the first of which starts at this offset. */
async function readPiece(db: TenantConnection, runId: string, offset: number): Promise<string> {
  const [row] = await db.raw<{ content: string | null }>(sql`
    select string_agg(content, '' order by byte_offset) as content from run_log_chunks
    where company_id = ${db.companyId}::uuid and run_id = ${runId}::uuid
      and byte_offset >= ${offset}::bigint and byte_offset < ${offset + archivePageBytes}::bigint`);
  return row?.content ?? "";
}
