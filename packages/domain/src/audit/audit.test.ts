import { createVerifier, type Verdict } from "@boardroom/verify";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { asSystem } from "../../test/heartbeat-steps.ts";
import { createLabel } from "../labels/index.ts";
import { exportLog } from "./export-log.ts";
import { readAuditState } from "./read-audit-state.ts";
import { sealCompany, sealNextRows } from "./seal-company.ts";
import { sealLogs } from "./seal-logs.ts";

const domain = useDomainDatabase();

async function busyTenant(rows: number): Promise<Tenant> {
  const tenant = await domain.newTenant();
  await domain.owner.query(
    `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id, details)
     select $1, 'system', 'system', 'test.done', 'test', n::text, jsonb_build_object('n', n / 3.0, 'text', E'"ü\\n')
     from generate_series(1, $2::int) n`,
    [tenant.companyId, rows],
  );
  return tenant;
}

async function exported(tenant: Tenant, after = 0): Promise<string[]> {
  let text = "";
  for await (const piece of exportLog(asSystem(tenant), after)) text += piece;
  return text.split("\n");
}

function check(lines: readonly string[], options: Parameters<typeof createVerifier>[0] = {}): Verdict {
  const verifier = createVerifier(options);
  for (const line of lines) verifier.add(line);
  return verifier.finish();
}

it("seals a log in stretches, and an export of it is found intact, whole and from a seal on", async () => {
  const tenant = await busyTenant(1203);
  expect(await sealCompany(asSystem(tenant), 10)).toBe(1203);
  const state = await readAuditState(tenant.board);
  expect(state).toMatchObject({ sealCount: 3, sealedRows: 1203, unsealedRows: 0 });
  const lines = await exported(tenant);
  const keys = [await tenant.ports.auditSigner.publicKey()];
  const hash = state.lastHash ?? "";
  expect(check(lines, { keys, hash })).toMatchObject({
    isIntact: true,
    seals: 3,
    sealedRows: 1203,
    companyId: tenant.companyId,
  });
  const later = await exported(tenant, 2);
  expect(check(later, { keys })).toMatchObject({ isIntact: true, seals: 1, sealedRows: 203 });
  const joined = [
    ...lines
      .slice(
        0,
        lines.findIndex((line) => line.includes('"position":3')),
      )
      .filter(Boolean),
  ];
  expect(check(joined).problems.at(-1)?.message).toContain("?after=2");
});

it.each([
  ["a changed row", "update activity_log set details = '{}' where company_id = $1 and entity_id = '7'", "changed"],
  ["a removed row", "delete from activity_log where company_id = $1 and entity_id = '7'", "removed"],
  [
    "an added row",
    "insert into activity_log (company_id, xid, actor_type, actor_id, action, entity_type, entity_id) select company_id, xid - 1, 'system', 'system', 'test.done', 'test', '7' from activity_log where company_id = $1 limit 1",
    "added",
  ],
  [
    "rows that changed places",
    "update activity_log a set xid = a.xid - 1 where company_id = $1 and entity_id = '7'",
    "changed",
  ],
  [
    "a seal that lists other rows",
    "update audit_seals set row_hashes = repeat('0', 64 * row_count) where company_id = $1",
    "seal",
  ],
])("finds %s in what the database's owner rewrote", async (_, rewrite, kind) => {
  const tenant = await busyTenant(20);
  await sealCompany(asSystem(tenant), 1);
  await domain.owner.query(rewrite, [tenant.companyId]);
  const verdict = check(await exported(tenant));
  expect(verdict.isIntact).toBe(false);
  expect(verdict.problems.map((problem) => problem.kind)).toContain(kind);
});

it("leaves rows unsealed behind a transaction that is still open, and exports them all the same", async () => {
  const tenant = await busyTenant(3);
  const open = await domain.owner.connect();
  try {
    await open.query("begin");
    await open.query("select pg_current_xact_id()");
    await createLabel(tenant.board, { name: "late", color: "#000000" });
    expect(await sealNextRows(asSystem(tenant))).toBe(3);
    expect(await sealNextRows(asSystem(tenant))).toBe(0);
    expect(check(await exported(tenant))).toMatchObject({ isIntact: true, sealedRows: 3, unsealedRows: 1 });
  } finally {
    await open.query("rollback");
    open.release();
  }
  expect(await sealNextRows(asSystem(tenant))).toBe(1);
});

it("is sealed by the tick, once, though two go at the same time, and by nobody who rewrites a seal", async () => {
  const tenants = [await busyTenant(5), await busyTenant(5)];
  const contextFor = (companyId: string) => {
    const tenant = tenants.find((each) => each.companyId === companyId) ?? tenants[0];
    if (!tenant) throw new Error("There are two tenants");
    return { ...asSystem(tenant), db: domain.database.tenant(companyId, "test") };
  };
  const system = domain.database.system("test");
  await Promise.all([sealLogs(system, contextFor), sealLogs(system, contextFor)]);
  for (const tenant of tenants) {
    expect(await readAuditState(tenant.board)).toMatchObject({ sealCount: 1, sealedRows: 5, unsealedRows: 0 });
    expect(check(await exported(tenant)).isIntact).toBe(true);
  }
  const app = domain.database.tenant(tenants[0]?.companyId ?? "", "test");
  await expect(app.raw(sql`update audit_seals set hash = 'x'`)).rejects.toThrow();
  await expect(app.raw(sql`delete from audit_seals`)).rejects.toThrow();
});
