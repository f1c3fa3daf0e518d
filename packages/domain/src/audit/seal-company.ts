import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { isSettled, rowHash } from "./row-line.ts";
import { sha256Hex } from "./sha256-hex.ts";

/** So many rows stand under one seal at most. */
export const rowsPerSeal = 500;
/** Before the hash of a company's first seal there is none. */
export const firstHash = "0".repeat(64);
/** What is put before a seal's payload when it is signed, so that the signature is good for nothing else. */
export const sealPurpose = "boardroom.audit-seal.v1\n";

interface Stretch {
  position: number;
  previous: string;
  rows: number;
  to_xid: string | null;
  to_seq: string | null;
  row_hashes: string | null;
}

/**
 * Seals the next stretch of a company's log. Two at once seal it once.
 * @returns how many rows it sealed
 */
export async function sealNextRows(ctx: Ctx): Promise<number> {
  const { companyId } = ctx.db;
  const stretch = await readStretch(ctx);
  if (!stretch || stretch.rows === 0 || stretch.to_xid === null || stretch.to_seq === null) return 0;
  const rowHashes = stretch.row_hashes ?? "";
  const { position, previous, rows } = stretch;
  const to = `${stretch.to_xid}.${stretch.to_seq}`;
  const sealedAt = new Date().toISOString();
  const rowsHash = await sha256Hex(rowHashes);
  const payload = JSON.stringify({ v: 1, companyId, position, to, rows, rowsHash, previous, sealedAt });
  const [signature, publicKey, hash] = await Promise.all([
    ctx.ports.auditSigner.sign(sealPurpose + payload),
    ctx.ports.auditSigner.publicKey(),
    sha256Hex(payload),
  ]);
  const stored = await ctx.db.raw(sql`
    insert into audit_seals (company_id, position, to_xid, to_seq, row_count, row_hashes, payload, hash, signature, public_key)
    values (${companyId}::uuid, ${position}, ${stretch.to_xid}::bigint, ${stretch.to_seq}::bigint, ${rows}, ${rowHashes}, ${payload}, ${hash},
      ${signature}, ${publicKey})
    on conflict do nothing returning 1`);
  return stored.length > 0 ? rows : 0;
}

async function readStretch({ db }: Ctx): Promise<Stretch | undefined> {
  const company = sql`company_id = ${db.companyId}::uuid`;
  const [stretch] = await db.raw<Stretch & Record<string, unknown>>(sql`
    with last as (
      select position, to_xid, to_seq, hash from audit_seals where ${company} order by position desc limit 1),
    after as (select coalesce((select to_xid from last), 0) as xid, coalesce((select to_seq from last), 0) as seq),
    stretch as (
      select a.xid, a.seq, ${rowHash} as hash from activity_log a, after
      where a.${company} and (a.xid, a.seq) > (after.xid, after.seq) and ${isSettled}
      order by a.xid, a.seq limit ${rowsPerSeal})
    select coalesce((select position from last), 0) + 1 as position, coalesce((select hash from last), ${firstHash}) as previous,
      (select count(*) from stretch)::int as rows, (select string_agg(hash, '' order by xid, seq) from stretch) as row_hashes,
      (select s.xid::text from stretch s order by s.xid desc, s.seq desc limit 1) as to_xid,
      (select s.seq::text from stretch s order by s.xid desc, s.seq desc limit 1) as to_seq`);
  return stretch;
}

/** Seals what a company's log holds now, up to so many stretches. @returns how many rows */
export async function sealCompany(ctx: Ctx, maxSeals: number): Promise<number> {
  let sealed = 0;
  for (let seal = 0; seal < maxSeals; seal++) {
    const rows = await sealNextRows(ctx);
    sealed += rows;
    if (rows < rowsPerSeal) break;
  }
  return sealed;
}
