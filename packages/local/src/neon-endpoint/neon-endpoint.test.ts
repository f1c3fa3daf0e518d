import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type NeonDbError, type NeonQueryFunction, neon, neonConfig } from "@neondatabase/serverless";
import { sql as raw } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-http";
import { pgTable, text } from "drizzle-orm/pg-core";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalPostgres, type NeonEndpoint, startNeonEndpoint, startPostgres } from "../index.ts";

let home: string;
let postgres: LocalPostgres;
let endpoint: NeonEndpoint;
let url: string;
let sql: NeonQueryFunction<false, false>;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "boardroom-neon-"));
  [postgres, endpoint] = await Promise.all([
    startPostgres({ dataDir: join(home, "pg") }),
    startNeonEndpoint({ seed: 7 }),
  ]);
  url = await postgres.createDatabase("app");
  neonConfig.fetchEndpoint = () => `${endpoint.url}/sql`;
  neonConfig.fetchFunction = fetchTagged;
  sql = neon(url);
  await sql`create table things (id text constraint things_key primary key, n int check (n > 0))`;
});

afterEach(() => endpoint.faults.clear());

afterAll(async () => {
  await endpoint?.stop();
  await postgres?.stop();
  await rm(home, { recursive: true, force: true });
});

// The driver's fetchOptions would replace its own headers, so a tag is added where the request leaves.
const tagged = (tag: string) => neon(url, { fetchOptions: { tag } });
const fetchTagged = (input: string, { tag, ...init }: RequestInit & { tag?: string }) =>
  fetch(input, {
    ...init,
    headers: { ...init.headers, ...(tag && { "x-boardroom-tag": tag }) } as Record<string, string>,
  });
const countThings = async (like: string) => (await sql`select id from things where id like ${like}`).length;
const failure = (work: Promise<unknown>): Promise<NeonDbError> =>
  work.then(
    () => Promise.reject(new Error("it should have failed")),
    (error: NeonDbError) => error,
  );
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(`${endpoint.url}/sql`, { method: "POST", body, headers: { "neon-connection-string": url, ...headers } });

describe("single statements", () => {
  it("gives typed rows for every kind of parameter", async () => {
    const when = new Date("2026-01-02T03:04:05.678Z");
    const rows = await sql`select ${1}::int as i, ${"a'b\\"} as t, ${true}::bool as b, ${null}::text as n,
      ${{ a: [1] }}::jsonb as j, ${["x", 'y"', null]}::text[] as l, ${when}::timestamptz as d, ${Buffer.from([0, 255])}::bytea as x`;
    const [row] = rows as Record<string, unknown>[];
    expect(row).toMatchObject({ i: 1, t: "a'b\\", b: true, n: null, j: { a: [1] }, l: ["x", 'y"', null] });
    // As text or as a Date: the driver's types are those of the process.
    expect(row?.d instanceof Date ? row.d : new Date(String(row?.d))).toEqual(when);
    expect(row?.x).toEqual(Buffer.from([0, 255]));
  });

  it("gives arrays in array mode and the full result when asked", async () => {
    expect(await sql.query("select 1 as a, 'x' as b", [], { arrayMode: true })).toEqual([[1, "x"]]);
    const full = await sql.query("select 1 as a", [], { fullResults: true });
    expect(full).toMatchObject({ command: "SELECT", rowCount: 1, fields: [{ name: "a", dataTypeID: 23 }] });
  });

  it("reports code, constraint and table of a violated constraint", async () => {
    await sql`insert into things values ('twice', 1)`;
    expect(await failure(sql`insert into things values ('twice', 1)`)).toMatchObject({
      code: "23505",
      constraint: "things_key",
      table: "things",
      schema: "public",
      severity: "ERROR",
    });
    expect(await failure(sql`select nothing`)).toMatchObject({ code: "42703", position: "8" });
  });

  it("goes on working when a migration changes what a prepared statement returns", async () => {
    await sql`create table shapes (a int)`;
    // Several connections have it prepared.
    await Promise.all(
      Array.from({ length: 8 }, () => sql.transaction([sql`select * from shapes`, sql`select pg_sleep(0.02)`])),
    );
    await Promise.all(Array.from({ length: 8 }, () => sql.query("select * from shapes")));
    await sql`alter table shapes add b int`;
    await sql`insert into shapes values (1, 2)`;
    expect(await sql.query("select * from shapes")).toEqual([{ a: 1, b: 2 }]);
  });

  it("keeps only so many prepared statements and serves more different ones than that", async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let n = 0; n < 250; n += 1)
        expect(await sql.query(`select ${n + round * 200} as n`)).toEqual([{ n: n + round * 200 }]);
    }
    const [{ count }] = (await sql`select count(*)::int as count from pg_prepared_statements`) as [{ count: number }];
    expect(count).toBeLessThan(420);
  });

  it("leaves no transaction open for the next caller", async () => {
    await sql.query("begin");
    await sql`insert into things values ('left-open', 1)`;
    await sql.query("rollback");
    expect(await countThings("left-open")).toBe(1);
  });
});

describe("batches", () => {
  it("runs all statements in one transaction, where set_config holds", async () => {
    const results = await sql.transaction([
      sql`select set_config('app.company_id', 'c1', true)`,
      sql`select current_setting('app.company_id') as id, pg_current_xact_id()::text as xid`,
      sql`select current_setting('app.company_id') as id, pg_current_xact_id()::text as xid`,
    ]);
    const rows = results as Record<string, string>[][];
    expect(rows[1]).toEqual(rows[2]);
    expect(rows[1]?.[0]?.id).toBe("c1");
    expect(await sql`select current_setting('app.company_id', true) as id`).not.toEqual([{ id: "c1" }]);
  });

  it("rolls everything back and reports the first error when one in the middle fails", async () => {
    const batch = sql.transaction([
      sql`insert into things values ('batch-1', 1)`,
      sql`insert into things values ('batch-2', -1)`,
      sql`select 1 / 0`,
    ]);
    expect(await failure(batch)).toMatchObject({ code: "23514", constraint: "things_n_check" });
    expect(await countThings("batch-%")).toBe(0);
  });

  it("reports a constraint that is checked only at commit", async () => {
    await sql`create table later (id int primary key, next int references later deferrable initially deferred)`;
    expect(await failure(sql.transaction([sql`insert into later values (1, 2)`]))).toMatchObject({ code: "23503" });
    expect(await sql`select * from later`).toEqual([]);
  });

  it("honours isolation level, read only and deferrable", async () => {
    const show = () => [
      sql`show transaction_isolation`,
      sql`show transaction_read_only`,
      sql`show transaction_deferrable`,
    ];
    const strict = { isolationLevel: "Serializable", readOnly: true, deferrable: true } as const;
    const values = async (options: object) =>
      ((await sql.transaction(show(), options)) as object[][]).map(([row]) => Object.values(row ?? {})[0]);
    expect(await values(strict)).toEqual(["serializable", "on", "on"]);
    expect(await values({})).toEqual(["read committed", "off", "off"]);
    expect(await values({ isolationLevel: "RepeatableRead" })).toEqual(["repeatable read", "off", "off"]);
    const write = sql.transaction([sql`insert into things values ('ro', 1)`], { readOnly: true });
    expect(await failure(write)).toMatchObject({ code: "25006" });
  });

  it("carries drizzle's batch", async () => {
    const things = pgTable("things", { id: text().primaryKey() });
    const db = drizzle({ client: neon(url) });
    const [made, found, counted] = await db.batch([
      db.insert(things).values({ id: "drizzled" }).returning(),
      db.select().from(things).where(raw`id = 'drizzled'`),
      db.execute(raw`select count(*)::int as n from things where id = 'drizzled'`),
    ]);
    expect([made, found, counted.rows]).toEqual([[{ id: "drizzled" }], [{ id: "drizzled" }], [{ n: 1 }]]);
  });

  it("never mixes up answers of 64 callers", async () => {
    const ask = async (n: number) => {
      const [, rows] = await sql.transaction([
        sql`select set_config('app.n', ${String(n)}, true)`,
        sql`select current_setting('app.n') as n`,
      ]);
      expect(rows).toEqual([{ n: String(n) }]);
    };
    await Promise.all(Array.from({ length: 640 }, (_, n) => ask(n)));
  });
});

describe("limits and refusals", () => {
  it("answers 413 above 64 MB and still takes 60 MB", async () => {
    const big = (megabytes: number) =>
      JSON.stringify({ query: "select length($1) as n", params: ["x".repeat(megabytes * 1024 * 1024)] });
    expect((await post(big(65))).status).toBe(413);
    expect(await (await post(big(60))).json()).toMatchObject({ rows: [{ n: 60 * 1024 * 1024 }] });
  });

  it("answers 507 when the rows are more than 64 MB", async () => {
    const answer = await post(JSON.stringify({ query: "select repeat('x', 1000000) from generate_series(1, 70)" }));
    expect(answer.status).toBe(507);
  });

  it("answers 400 to what is no request, no local database or no SQL", async () => {
    for (const body of [
      "",
      "[]",
      "{}",
      '{"query":1}',
      '{"queries":{}}',
      '{"query":"select 1","params":1}',
      '{"query":"select \\u00001"}',
    ]) {
      expect((await post(body)).status, body).toBe(400);
    }
    expect(
      (await post('{"query":"select 1"}', { "neon-connection-string": "postgres://a:b@example.com/x" })).status,
    ).toBe(400);
    expect((await post('{"query":"select 1"}', { "neon-connection-string": "mysql://x" })).status).toBe(400);
    expect((await fetch(`${endpoint.url}/sql`)).status).toBe(404);
    expect(await failure(sql.query("select $1::text", ["\0"]))).toMatchObject({ code: "22021" });
  });

  it("tells a wrong password and an unknown database from a server that is not there", async () => {
    const wrong = url.replace(/:[^:@]+@/, ":wrong@");
    expect(await failure(neon(wrong)`select 1`)).toMatchObject({ code: "28P01" });
    expect(await failure(neon(postgres.url("nowhere"))`select 1`)).toMatchObject({ code: "3D000" });
    expect((await failure(neon("postgres://a:b@127.0.0.1:1/x")`select 1`)).message).toMatch(/HTTP status 500/);
  });

  it("recovers after its connections were cut", async () => {
    await Promise.all(Array.from({ length: 8 }, () => sql`select pg_sleep(0.01)`));
    const owner = new pg.Client(postgres.ownerUrl);
    await owner.connect();
    await owner.query("select pg_terminate_backend(pid, 1000) from pg_stat_activity where datname = 'app'");
    await owner.end();
    expect(await sql`select 1 as n`).toEqual([{ n: 1 }]);
  });
});

describe("stopping", () => {
  it("does not wait for a statement that waits for a lock", async () => {
    const second = await startNeonEndpoint();
    const owner = new pg.Client(url);
    await owner.connect();
    await owner.query("begin; lock table things");
    const answer = fetch(`${second.url}/sql`, {
      method: "POST",
      headers: { "neon-connection-string": url },
      body: '{"query":"select * from things"}',
    });
    const outcome = answer.then(
      ({ status }) => status,
      () => "cut off",
    );
    await sleep(50);
    await second.stop();
    expect(await outcome).toBe("cut off");
    await owner.end();
  });
});

describe("statistics", () => {
  it("counts requests, a batch as one, by the caller's tag", async () => {
    endpoint.stats.reset();
    await tagged("a")`select 1`;
    await tagged("a").transaction([sql`select 1`, sql`select 2`]);
    await sql`select 1`;
    expect(endpoint.stats).toMatchObject({ total: 3, byTag: { a: 2, untagged: 1 } });
    expect(endpoint.stats.count("a")).toBe(2);
    endpoint.stats.reset();
    expect(endpoint.stats).toMatchObject({ total: 0, byTag: {} });
  });
});

describe("faults", () => {
  it("delays only what matches", async () => {
    endpoint.faults.delay([60, 80], "slow");
    const time = async (work: Promise<unknown>) => {
      const start = performance.now();
      await work;
      return performance.now() - start;
    };
    expect(await time(tagged("slow")`select 1`)).toBeGreaterThan(55);
    expect(await time(sql`select 1`)).toBeLessThan(55);
  });

  it("drops before execution: nothing is stored", async () => {
    endpoint.faults.dropBefore(/insert into things/);
    expect(await failure(sql`insert into things values ('dropped-before', 1)`)).toBeInstanceOf(Error);
    expect(await countThings("dropped-before")).toBe(0);
    await sql`insert into things values ('dropped-before', 1)`;
  });

  it("drops after the commit: stored, yet the caller is not told", async () => {
    endpoint.faults.dropAfterCommit(/insert into things/);
    expect(await failure(sql.transaction([sql`insert into things values ('dropped-after', 1)`]))).toBeInstanceOf(Error);
    expect(await countThings("dropped-after")).toBe(1);
  });

  it("repeats its random choices for the same seed", async () => {
    const round = async () => {
      endpoint.faults.clear();
      endpoint.faults.reseed(42);
      endpoint.faults.dropBefore("risky", { probability: 0.5 });
      const outcomes: boolean[] = [];
      for (let n = 0; n < 12; n += 1)
        outcomes.push(
          await tagged("risky")`select 1`.then(
            () => true,
            () => false,
          ),
        );
      return outcomes;
    };
    const first = await round();
    expect(await round()).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });
});
