import { neon, neonConfig } from "@neondatabase/serverless";
import { type SQL, sql } from "drizzle-orm";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";
import type { PgTable } from "drizzle-orm/pg-core";
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
  raw<T extends object = Record<string, unknown>>(statement: SQL): Promise<T[]>;
}

/** Statements that run before and after one, in its transaction and request; their results are dropped. */
export interface Surrounding {
  before: readonly SQL[];
  after: readonly SQL[];
}

/** A connection inside one company: row level security shows no other. */
export interface TenantConnection extends Connection {
  readonly companyId: string;
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
  return {
    tenant: (companyId, tag) => ({
      companyId,
      ...connect(options.appUrl, tag, sql`select set_config('app.company_id', ${companyId}, true)`),
    }),
    system: (tag) => connect(options.systemUrl, tag, null),
  };
}

/** The driver's own `fetchOptions.headers` would replace its headers, so the tag travels beside them. */
const fetchTagged = (address: string, { tag, ...init }: RequestInit & { tag: string }) => {
  const headers = new Headers(init.headers);
  headers.set("x-boardroom-tag", tag);
  return fetch(address, { ...init, headers });
};

const alone: Surrounding = { before: [], after: [] };

function connect(url: string, tag: string, prelude: SQL | null): Connection {
  const build = drizzle(neon(url, { fetchOptions: { tag } }));
  /** Sends everything as one request; the prelude's own result is dropped. */
  const send = async (queries: readonly Query<unknown>[]): Promise<unknown[]> => {
    const all = prelude ? [build.execute(prelude), ...queries] : [...queries];
    try {
      // The batch's types want builder classes; every Query here is one.
      const results: unknown[] = await build.batch(all as never);
      return prelude ? results.slice(1) : results;
    } catch (error) {
      throw translateDatabaseError(error);
    }
  };
  const raw = async (statement: SQL, { before, after }: Surrounding = alone): Promise<Record<string, unknown>[]> => {
    const results = await send([...before, statement, ...after].map((each) => build.execute(each)));
    return (results[before.length] as { rows: Record<string, unknown>[] }).rows;
  };
  return {
    build,
    read: async (query) => (await send([query]))[0] as never,
    readAll: async (queries) => (await send(queries)) as never,
    rows: async (table, statement, surrounding) => (await raw(statement, surrounding)).map((row) => mapRow(table, row)),
    raw: async (statement) => (await raw(statement)) as never,
  };
}
