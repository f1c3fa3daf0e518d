import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { readBody, serveHttp } from "../http-server.ts";
import { ConnectionPools } from "./connection-pools.ts";
import { FaultPlan, type NeonFaults } from "./neon-faults.ts";
import { RequestCounter, type RequestStats, UNTAGGED } from "./request-stats.ts";
import { runStatements } from "./run-statements.ts";
import { explainSqlError } from "./sql-error.ts";
import { BadRequest, parseSqlRequest } from "./sql-request.ts";
import { writeAnswer } from "./write-answer.ts";

export interface NeonEndpoint {
  port: number;
  /** Without the path; the driver's `fetchEndpoint` is `${url}/sql`. */
  url: string;
  stats: RequestStats;
  faults: NeonFaults;
  stop(): Promise<void>;
}

export interface StartNeonEndpointOptions {
  port?: number;
  /** Seed of the random faults; a new one when left out. */
  seed?: number;
}

const MAX_BYTES = 64 * 1024 * 1024;

/** Serves Neon's SQL over HTTP in front of local databases, as the `@neondatabase/serverless` driver speaks it. */
export async function startNeonEndpoint(options: StartNeonEndpointOptions = {}): Promise<NeonEndpoint> {
  const pools = new ConnectionPools();
  const stats = new RequestCounter();
  const faults = new FaultPlan(options.seed);
  const server = await serveHttp("Neon endpoint", options.port ?? 0, (request, response) => {
    const path = request.url?.split("?", 1)[0];
    if (request.method !== "POST" || path !== "/sql") return send(response, 404, '{"message":"not found"}');
    answer(request, response, { pools, stats, faults }).catch(() => response.destroy());
  });
  return {
    port: server.port,
    url: server.url,
    stats,
    faults,
    stop: async () => {
      await server.stop();
      await pools.end();
    },
  };
}

interface EndpointParts {
  pools: ConnectionPools;
  stats: RequestCounter;
  faults: FaultPlan;
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: EndpointParts): Promise<void> {
  const { pools, stats, faults } = parts;
  const header = request.headers["x-boardroom-tag"];
  const tag = typeof header === "string" ? header : UNTAGGED;
  stats.add(tag);
  const body = await readBody(request, MAX_BYTES);
  if (!body) return send(response, 413, `{"message":"request is too large (max is ${MAX_BYTES} bytes)"}`);
  try {
    const sql = parseSqlRequest(request.headers, body);
    const connectionString = request.headers["neon-connection-string"];
    if (typeof connectionString !== "string") throw new BadRequest("missing header Neon-Connection-String");
    if (faults.active) {
      const delayMs = faults.delayMs(tag, sql.statements);
      if (delayMs > 0) await sleep(delayMs);
      if (faults.dropsBefore(tag, sql.statements)) return void response.destroy();
    }
    const results = await runStatements(pools.get(connectionString), sql, MAX_BYTES);
    if (faults.active && faults.dropsAfter(tag, sql.statements)) return void response.destroy();
    send(response, 200, writeAnswer(sql, results));
  } catch (error) {
    const { status, body: text } = explainSqlError(error, MAX_BYTES);
    send(response, status, text);
  }
}

function send(response: ServerResponse, status: number, body: string): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": bytes.length }).end(bytes);
}
