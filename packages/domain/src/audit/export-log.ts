import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { rowHash, rowLine } from "./row-line.ts";
import { sealCompany } from "./seal-company.ts";
import { sha256Hex } from "./sha256-hex.ts";

/** What is put before the last line's payload when it is signed. */
const endPurpose = "boardroom.audit-export.v1\n";
const sealsBefore = 200;
const rowsPerPage = 500;
/** Rows that no seal covers yet; there are more only while a transaction stays open for long. */
const maxTail = 20_000;

interface SealPage {
  seal: {
    position: number;
    payload: string;
    hash: string;
    signature: string;
    publicKey: string;
    rowHashes: string;
  } | null;
  lines: string[] | null;
}

/**
 * The company's activity log as lines of JSON, oldest first: a first line, each stretch of rows followed by its seal, the rows that
 * no seal covers yet, and a signed last line. What can be sealed is sealed first.
 * @param after goes on behind the seal of this position, where an earlier export broke off
 */
export async function* exportLog(ctx: Ctx, after = 0): AsyncGenerator<string> {
  await sealCompany(ctx, sealsBefore);
  const { companyId } = ctx.db;
  yield line({ type: "export", version: 1, companyId, after });
  let position = after;
  let hash: string | null = after === 0 ? null : await hashOf(ctx, after);
  for (;;) {
    const { seal, lines } = await readSealed(ctx, position + 1);
    if (!seal) break;
    for (const row of lines ?? []) yield `${row}\n`;
    yield line({ type: "seal", ...seal });
    position = seal.position;
    hash = seal.hash;
  }
  yield* endOf(ctx, position, hash);
}

const line = (value: object) => `${JSON.stringify(value)}\n`;

async function hashOf({ db }: Ctx, position: number): Promise<string | null> {
  const [row] = await db.raw<{ hash: string }>(
    sql`select hash from audit_seals where company_id = ${db.companyId}::uuid and position = ${position}`,
  );
  return row?.hash ?? null;
}

/** A seal with the rows as they stand in the log now, whatever it says of them. */
async function readSealed({ db }: Ctx, position: number): Promise<SealPage> {
  const company = sql`company_id = ${db.companyId}::uuid`;
  const [page] = await db.raw<SealPage & Record<string, unknown>>(sql`
    with s as (select * from audit_seals where ${company} and position = ${position}),
    before as (select coalesce(max(to_xid), 0) as xid, coalesce(max(to_seq), 0) as seq from audit_seals
      where ${company} and position = ${position - 1})
    select (select jsonb_build_object('position', s.position, 'payload', s.payload, 'hash', s.hash, 'signature', s.signature,
        'publicKey', s.public_key, 'rowHashes', s.row_hashes) from s) as seal,
      (select jsonb_agg(${rowLine} order by a.xid, a.seq) from s, before, activity_log a
        where a.${company} and (a.xid, a.seq) > (before.xid, before.seq) and (a.xid, a.seq) <= (s.to_xid, s.to_seq)) as lines`);
  return page ?? { seal: null, lines: null };
}

/** The rows behind the last seal, and the line that says under signature that this is the end. */
async function* endOf(ctx: Ctx, position: number, hash: string | null): AsyncGenerator<string> {
  const { companyId } = ctx.db;
  const hashes: string[] = [];
  let cursor: { xid: string; seq: string } | null = null;
  while (hashes.length < maxTail) {
    const rows = await readTail(ctx, position, cursor);
    for (const { line: row, hash: rowSum } of rows) {
      hashes.push(rowSum);
      yield `${row}\n`;
    }
    const last = rows.at(-1);
    if (!last || rows.length < rowsPerPage) break;
    cursor = { xid: last.xid, seq: last.seq };
  }
  const tailHash = await sha256Hex(hashes.join(""));
  const exportedAt = new Date().toISOString();
  const payload = JSON.stringify({ v: 1, companyId, position, hash, tailRows: hashes.length, tailHash, exportedAt });
  const { auditSigner } = ctx.ports;
  const [signature, publicKey] = await Promise.all([auditSigner.sign(endPurpose + payload), auditSigner.publicKey()]);
  yield line({ type: "end", payload, signature, publicKey });
}

interface TailRow {
  xid: string;
  seq: string;
  line: string;
  hash: string;
}

function readTail({ db }: Ctx, position: number, cursor: { xid: string; seq: string } | null): Promise<TailRow[]> {
  const company = sql`company_id = ${db.companyId}::uuid`;
  const after = cursor
    ? sql`(${cursor.xid}::bigint, ${cursor.seq}::bigint)`
    : sql`(coalesce((select to_xid from audit_seals where ${company} and position = ${position}), 0),
        coalesce((select to_seq from audit_seals where ${company} and position = ${position}), 0))`;
  return db.raw<TailRow & Record<string, unknown>>(sql`
    select a.xid::text as xid, a.seq::text as seq, ${rowLine} as line, ${rowHash} as hash
    from activity_log a where a.${company} and (a.xid, a.seq) > ${after}
    order by a.xid, a.seq limit ${rowsPerPage}`);
}
