import pg from "pg";
import { Exchange, type StatementResult } from "./exchange.ts";
import { PreparedStatements } from "./prepared-statements.ts";
import type { SqlRequest } from "./sql-request.ts";

const COMMIT = { text: "commit", values: [] };

/** Runs a request on one connection: a batch is one transaction, written to the wire in one go, COMMIT included. */
export async function runStatements(pool: pg.Pool, request: SqlRequest, maxBytes: number): Promise<StatementResult[]> {
  for (;;) {
    const results = await attempt(pool, request, maxBytes);
    // A migration changed what a prepared statement returns. That connection is gone; in the end a fresh one prepares anew.
    if (results) return results;
  }
}

async function attempt(pool: pg.Pool, request: SqlRequest, maxBytes: number): Promise<StatementResult[] | undefined> {
  const { statements, batch, begin } = request;
  const client = await pool.connect();
  let keep = false;
  try {
    const exchange = new Exchange(batch ? [{ text: begin, values: [] }, ...statements, COMMIT] : statements, maxBytes);
    client.query(exchange);
    const results = await exchange.done;
    keep = isIdle(client);
    return batch ? results.slice(1, -1) : results;
  } catch (error) {
    if (isStalePlan(error)) return undefined;
    keep = isSqlError(error) && (await rollBack(client, batch));
    throw error;
  } finally {
    client.release(!keep);
  }
}

/** A connection left inside a transaction is not given to the next caller. */
function isIdle(client: pg.PoolClient): boolean {
  return client instanceof pg.Client && PreparedStatements.of(client.connection).idle;
}

async function rollBack(client: pg.PoolClient, batch: boolean): Promise<boolean> {
  try {
    if (batch) await client.query("rollback");
    return true;
  } catch {
    return false;
  }
}

function isSqlError(error: unknown): boolean {
  return error instanceof Error && "severity" in error && error.severity === "ERROR";
}

function isStalePlan(error: unknown): boolean {
  return isSqlError(error) && error instanceof Error && error.message === "cached plan must not change result type";
}
