import { openDatabase, schema, type TenantConnection } from "@boardroom/db";
import { useBoardroom } from "@boardroom/testing";
import { getTableColumns, is, sql } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { beforeAll, describe, expect, it } from "vitest";
import { allowedPairs, declared, exampleCall, forEachOf, sendCall } from "./support/calls.ts";
import { newTenant, type Tenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
let mine: Tenant;
let theirs: Tenant;
let connection: TenantConnection;
beforeAll(async () => {
  [mine, theirs] = [await newTenant(boardroom), await newTenant(boardroom)];
  // Everything that writes once, in both companies, so that every table has rows of both.
  const writes = allowedPairs.filter(([id, as]) => declared(id).effect === "write" && as !== "boardKey");
  for (const tenant of [mine, theirs]) {
    await forEachOf(writes, 6, async ([id, as]) => {
      const call = await exampleCall(tenant, id, as);
      await sendCall(boardroom.url, { ...call, headers: { ...call.headers, "idempotency-key": crypto.randomUUID() } });
    });
    await tenant.board.call("agents.create", {
      params: { cid: tenant.cid },
      body: {
        name: "Clockwork",
        adapterConfig: { url: "http://127.0.0.1:9/" },
        runtimeConfig: { heartbeat: { enabled: true, intervalSec: 86_400 } },
      },
    });
    const { secretMaterial } = await tenant.board.call("routines.createTrigger", {
      params: { id: tenant.ids.routine },
      body: { kind: "webhook", signingMode: "bearer" },
    });
    const headers = { authorization: `Bearer ${secretMaterial?.webhookSecret}`, "idempotency-key": "rls" };
    await boardroom.ownerQuery(
      `insert into secret_access_events (company_id, secret_id, secret_version, purpose) values ($1, $2, 1, 'run')`,
      [tenant.cid, tenant.ids.secret],
    );
    await boardroom.ownerQuery(
      `insert into audit_seals (company_id, position, to_xid, to_seq, row_count, row_hashes, payload, hash, signature, public_key)
       values ($1, 1, 1, 1, 0, '', '', '', '', '')`,
      [tenant.cid],
    );
    await fetch(secretMaterial?.webhookUrl ?? "", { method: "POST", headers });
  }
  connection = openDatabase(boardroom.addresses.database).tenant(mine.cid, "rls");
}, 60_000);

const tenantTables = Object.values<unknown>(schema).flatMap((each) =>
  is(each, PgTable) && "companyId" in getTableColumns(each) ? [each] : [],
);

describe("without any filter of the application the driver's connection of a company", () => {
  it.each(tenantTables.map((table) => [getTableConfig(table).name, table] as const))(
    "reads of %s its own rows only",
    async (name, table) => {
      const companies = sql`select company_id, count(*)::int as rows from ${table} group by company_id`;
      const stored = await boardroom.ownerQuery<{ company_id: string }>(
        `select distinct company_id from ${name} where company_id = any($1::uuid[])`,
        [[mine.cid, theirs.cid]],
      );
      expect(stored.map(({ company_id }) => company_id).sort()).toEqual([mine.cid, theirs.cid].sort());
      const seen = await connection.raw<{ company_id: string }>(companies);
      expect(seen.map(({ company_id }) => company_id)).toEqual([mine.cid]);
    },
  );

  it("reads nothing at all without a company", async () => {
    const nobody = openDatabase(boardroom.addresses.database).tenant("", "rls");
    for (const table of tenantTables) {
      expect(await nobody.raw(sql`select 1 from ${table} limit 1`), getTableConfig(table).name).toEqual([]);
    }
    expect(await nobody.raw(sql`select 1 from companies limit 1`)).toEqual([]);
  });

  it("reads its own company only", async () => {
    const seen = await connection.raw<{ id: string }>(sql`select id from companies`);
    expect(seen.map(({ id }) => id)).toEqual([mine.cid]);
  });

  it("changes nothing of another company, and puts nothing there", async () => {
    const foreign = theirs.cid;
    expect(
      await connection.raw(sql`update issues set title = 'mine' where company_id = ${foreign} returning id`),
    ).toEqual([]);
    expect(await connection.raw(sql`delete from comments where company_id = ${foreign} returning id`)).toEqual([]);
    const write = connection.raw(sql`insert into goals (company_id, title) values (${foreign}, 'mine')`);
    await expect(write).rejects.toMatchObject({ code: "42501" });
  });

  it("does not carry over from one request to the next", async () => {
    const database = openDatabase(boardroom.addresses.database);
    const both = [mine, theirs].flatMap((tenant) => Array.from({ length: 20 }, () => tenant));
    await Promise.all(
      both.map(async ({ cid }) => {
        const seen = await database
          .tenant(cid, "rls")
          .raw<{ company_id: string }>(sql`select distinct company_id from issues`);
        expect(seen).toEqual([{ company_id: cid }]);
      }),
    );
  });
});
