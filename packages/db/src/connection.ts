import { type NeonQueryFunction, neon, neonConfig, types } from "@neondatabase/serverless";
import { type SQL, sql } from "drizzle-orm";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";
import type { PgTable } from "drizzle-orm/pg-core";
import { compileStatement } from "./compile-statement.ts";
import { translateDatabaseError } from "./errors.ts";
import { mapRow, type Row } from "./row.ts";

export interface DatabaseOptions {
  /** Connection string of `boardroom_app`: row level security applies. */
  appUrl: string;
  /** Connection string of `boardroom_system`: sign-in, scheduler, reaper. */
  systemUrl: string;
  /** Where SQL over HTTP is answered; Neon's own address when left out. */
  fetchEndpoint?: string;
}

/** A query of drizzle's builder: awaited it would run by itself, given to `read` it runs inside the tenant. */
type Query<T> = PromiseLike<T> & { getSQL(): SQL };
type Results<Q extends readonly Query<unknown>[]> = { [I in keyof Q]: Awaited<Q[I]> };

/** Statements of one role, every call one HTTP request and one transaction. */
export interface Connection {
  /** Builds queries; nothing runs through it. */
  readonly build: NeonHttpDatabase;
  read<T>(query: Query<T>): Promise<T>;
  /** Several reads in one request. */
  readAll<const Q extends readonly Query<unknown>[]>(queries: Q): Promise<Results<Q>>;
  /** Runs one statement; its rows are mapped by the table's columns, further columns come along in camelCase. */
  rows<T extends PgTable, Extra extends object = object>(
    table: T,
    statement: SQL,
    surrounding?: Surrounding,
  ): Promise<Row<T, Extra>[]>;
  /** Runs one statement and answers its rows as they are, for results that belong to no table. */
  raw<T extends object = Record<string, unknown>>(statement: SQL, surrounding?: Surrounding): Promise<T[]>;
}

/** Statements that run before and after one, in its transaction and request; their results are dropped. */
export interface Surrounding {
  before: readonly SQL[];
  after: readonly SQL[];
}

/** A connection inside one company: row level security shows no other. */
export interface TenantConnection extends Connection {
  readonly companyId: string;
  /** The same company under another caller's name: for what follows from a call after its answer. */
  tagged(tag: string): TenantConnection;
}

export interface Database {
  /** @param tag names the caller, so that requests can be counted */
  tenant(companyId: string, tag: string): TenantConnection;
  system(tag: string): Connection;
}

/** Opens the database over HTTP. Nothing is sent before the first statement. */
export function openDatabase(options: DatabaseOptions): Database {
  const { fetchEndpoint } = options;
  if (fetchEndpoint) neonConfig.fetchEndpoint = () => fetchEndpoint;
  neonConfig.fetchFunction = fetchTagged;
  keepTimesAsText();
  const app = clientsOf(options.appUrl);
  const system = clientsOf(options.systemUrl);
  const tenant = (companyId: string, tag: string): TenantConnection =>
    Object.assign(connect(app(tag), companyId), { companyId, tagged: (other: string) => tenant(companyId, other) });
  return {
    tenant,
    system: (tag) => connect(system(tag), null),
  };
}

type Client = NeonQueryFunction<false, true>;

/** A client holds no connection, only its settings: one for each caller's tag, of which there are few. */
function clientsOf(url: string): (tag: string) => Client {
  const clients = new Map<string, Client>();
  return (tag) => {
    const known = clients.get(tag) ?? neon(url, { fullResults: true, fetchOptions: { tag } });
    clients.set(tag, known);
    return known;
  };
}

/** Columns read times themselves; as drizzle does it when it is first used, so that both ways agree from the start. */
function keepTimesAsText(): void {
  for (const oid of Object.values(timeTypes)) types.setTypeParser(oid, (text: string) => text);
}
const timeTypes = { timestamptz: 1184, timestamp: 1114, date: 1082, interval: 1186 };

/** The driver's own `fetchOptions.headers` would replace its headers, so the tag travels beside them. */
const fetchTagged = (address: string, { tag, ...init }: RequestInit & { tag: string }) => {
  const headers = new Headers(init.headers);
  headers.set("x-boardroom-tag", tag);
  return fetch(address, { ...init, headers });
};

const alone: Surrounding = { before: [], after: [] };

/** Every call of it is one request, one transaction, inside the company; the result of entering it is dropped. */
function connect(client: Client, companyId: string | null): Connection {
  let database: NeonHttpDatabase | undefined;
  const builder = () => {
    database ??= drizzle(client);
    return database;
  };
  const run = async (statements: readonly SQL[]): Promise<Record<string, unknown>[][]> => {
    const all = companyId === null ? statements : [enter(companyId), ...statements];
    const compiled = all.map((each) => compileStatement(each));
    const results = await client
      .transaction(compiled.map(({ text, params }) => client.query(text, params)))
      .catch((error: unknown) => Promise.reject(translateDatabaseError(error)));
    return results.slice(all.length - statements.length).map(({ rows }) => rows);
  };
  const runBuilt = async (queries: readonly Query<unknown>[]): Promise<unknown[]> => {
    const all = companyId === null ? queries : [builder().execute(enter(companyId)), ...queries];
    // The batch's types want builder classes; every Query here is one.
    const results: unknown[] = await builder()
      .batch(all as never)
      .catch((error: unknown) => Promise.reject(translateDatabaseError(error)));
    return results.slice(all.length - queries.length);
  };
  const runOne = async (statement: SQL, { before, after }: Surrounding = alone) =>
    (await run([...before, statement, ...after]))[before.length] ?? [];
  return {
    get build() {
      return builder();
    },
    read: async (query) => (await runBuilt([query]))[0] as never,
    readAll: async (queries) => (await runBuilt(queries)) as never,
    rows: async (table, statement, surrounding) =>
      (await runOne(statement, surrounding)).map((row) => mapRow(table, row)),
    raw: async (statement, surrounding) => (await runOne(statement, surrounding)) as never,
  };
}

const enter = (companyId: string): SQL => sql`select set_config('app.company_id', ${companyId}, true)`;
