import { schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { cutNote, cutNoteSeq, maxLogBytes } from "./limits.ts";
import type { OpenEnd, PreparedChunk } from "./prepare-chunk.ts";
import { byteLength } from "./slice-log.ts";

/** Which chunk of which run, under which lease. */
export interface ChunkPlace {
  id: string;
  fence: number;
  seq: number;
  offset: number;
}

export interface AppendOutcome {
  verdict: "append" | "repeated" | "lease_lost" | "mismatch" | "cut" | "open";
  status: string;
  nextOffset: number;
  nextSeq: number;
  openEnd: OpenEnd | null;
}
type Extras = Omit<AppendOutcome, "status">;

/** Appends a prepared chunk where it fits, or says why not. @returns null when the caller has no such run */
export async function runAppend(ctx: Ctx, place: ChunkPlace, chunk: PreparedChunk): Promise<AppendOutcome | null> {
  const { companyId } = ctx.db;
  const ofCaller = sql`company_id = ${companyId}::uuid and id = ${place.id}::uuid and agent_id = ${ctx.actor.agentId}::uuid`;
  const [row] = await ctx.db.rows<typeof schema.heartbeatRuns, Extras>(
    schema.heartbeatRuns,
    appendStatement(ofCaller, companyId, place, chunk),
    // The same chunk may be under way twice: the later one has to see what the earlier one stored.
    { before: [sql`select 1 from heartbeat_runs where ${ofCaller} for update`], after: [] },
  );
  return row ?? null;
}

function appendStatement(
  ofCaller: SQL,
  companyId: string,
  { id, fence, seq, offset }: ChunkPlace,
  chunk: PreparedChunk,
): SQL {
  const length = byteLength(chunk.content);
  const ofRun = sql`c.company_id = ${companyId}::uuid and c.run_id = ${id}::uuid`;
  return sql`with
    run as (select * from heartbeat_runs where ${ofCaller}),
    judged as (
      select run.company_id, run.id, run.status, run.log_bytes, run.log_open_from, run.log_open_sealed,
        same.byte_offset + same.byte_length as repeated_end,
        case when run.status <> 'running' or run.fence <> ${fence}::bigint or run.lease_expires_at <= now() then 'lease_lost'
          when same.seq is not null then 'repeated'
          when exists (select 1 from run_log_chunks c where ${ofRun} and c.seq = ${cutNoteSeq}) then 'cut'
          when run.log_bytes <> ${offset}::bigint or exists (select 1 from run_log_chunks c where ${ofRun} and c.seq = ${seq}::int)
            then 'mismatch'
          when run.log_bytes + ${length}::int > ${maxLogBytes}::bigint then 'full'
          when run.log_open_from is distinct from ${chunk.joinedTo}::bigint then 'open'
          else 'append' end as verdict
      from run left join run_log_chunks same on same.company_id = run.company_id and same.run_id = run.id
        and same.byte_offset = ${offset}::bigint and same.seq = ${seq}::int),
    added as (
      insert into run_log_chunks (company_id, run_id, byte_offset, seq, byte_length, content)
      select company_id, id, log_bytes, ${seq}::int, ${length}::int, ${chunk.content}::text from judged where verdict = 'append'
      union all
      select company_id, id, log_bytes, ${cutNoteSeq}::int, ${byteLength(cutNote)}::int, ${cutNote}::text from judged where verdict = 'full'
      returning byte_length),
    masked as (
      update run_log_chunks c set content = w.content
      from judged, jsonb_to_recordset(${JSON.stringify(chunk.rewritten)}::jsonb) as w ("offset" bigint, content text)
      where judged.verdict = 'append' and ${ofRun} and c.byte_offset = w."offset"
      returning c.byte_offset),
    grown as (
      update heartbeat_runs r set log_bytes = r.log_bytes + added.byte_length, last_progress_at = now(),
        acknowledged_at = coalesce(r.acknowledged_at, now()),
        log_open_from = case verdict when 'append' then ${chunk.openFrom}::bigint end,
        log_open_sealed = case verdict when 'append' then ${chunk.openSealed}::text end
      from judged, added where r.company_id = judged.company_id and r.id = judged.id
      returning r.log_bytes)
    select judged.status, case verdict when 'full' then 'cut' else verdict end as verdict,
      coalesce(repeated_end, (select log_bytes from grown), log_bytes)::float8 as next_offset,
      greatest((select max(c.seq) from run_log_chunks c where ${ofRun}), case verdict when 'append' then ${seq}::int end, -1) + 1 as next_seq,
      case verdict when 'open' then jsonb_build_object('from', log_open_from, 'sealed', log_open_sealed, 'chunks', (
        select jsonb_agg(jsonb_build_object('offset', c.byte_offset, 'content', c.content) order by c.byte_offset)
        from run_log_chunks c where ${ofRun} and c.byte_offset >= (
          select max(b.byte_offset) from run_log_chunks b
          where b.company_id = judged.company_id and b.run_id = judged.id and b.byte_offset <= judged.log_open_from))) end as open_end
    from judged`;
}
