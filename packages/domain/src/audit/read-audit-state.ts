import type { AuditState } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

const countedUpTo = 10_000;

/** How far the log is sealed, and by which key. */
export async function readAuditState(ctx: Ctx): Promise<AuditState> {
  const { db, ports } = ctx;
  const company = sql`company_id = ${db.companyId}::uuid`;
  const [row] = await db.raw<Omit<AuditState, "companyId" | "publicKey"> & Record<string, unknown>>(sql`
    with last as (select * from audit_seals where ${company} order by position desc limit 1)
    select coalesce((select position from last), 0) as "sealCount",
      (select coalesce(sum(row_count), 0)::float8 from audit_seals where ${company}) as "sealedRows",
      (select count(*)::int from (
        select 1 from activity_log a where a.${company}
          and (a.xid, a.seq) > (coalesce((select to_xid from last), 0), coalesce((select to_seq from last), 0)) limit ${countedUpTo}) n) as "unsealedRows",
      (select ${isoText(sql`created_at`)} from last) as "lastSealedAt", (select hash from last) as "lastHash"`);
  if (!row) throw new Error("The state of the log is one row");
  return { companyId: db.companyId, ...row, publicKey: await ports.auditSigner.publicKey() };
}
