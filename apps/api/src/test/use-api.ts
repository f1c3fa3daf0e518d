import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@boardroom/db";
import { type LocalPostgres, type NeonEndpoint, startNeonEndpoint, startPostgres } from "@boardroom/local";
import { MIGRATED, MIGRATED_PASSWORDS, migratedTemplate } from "@boardroom/local/migrated";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { type ApiApp, createApi } from "../app.ts";
import { toBase64 } from "../base64.ts";
import type { ApiEnv, LogEntry, Mail } from "../env.ts";

export const publicUrl = "http://localhost:8787";

/** The API in this process over a real, migrated database; the outside world only remembers what it was asked. */
export interface TestApi {
  readonly app: ApiApp;
  readonly owner: pg.Pool;
  readonly endpoint: NeonEndpoint;
  readonly log: LogEntry[];
  readonly mails: Mail[];
  readonly env: ApiEnv;
  /** Sends a request to the API; a body is sent as JSON. */
  send(method: string, path: string, options?: SendOptions): Promise<TestAnswer>;
  /** SQL requests that `work` causes. */
  countRequests(work: () => Promise<unknown>): Promise<number>;
  /** Resolves when everything given to `waitUntil` has ended. */
  settled(): Promise<void>;
}

export interface SendOptions {
  headers?: Record<string, string>;
  body?: unknown;
  /** Sent as it is instead of a JSON body. */
  raw?: BodyInit;
}

export interface TestAnswer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

interface Running {
  api: Omit<TestApi, "send" | "countRequests">;
  stop(): Promise<void>;
}

/** Starts everything before the tests of this file and stops it after them. */
export function useApi(overrides: Partial<ApiEnv> = {}): TestApi {
  let running: Running | undefined;
  const api = () => {
    if (!running) throw new Error("The API runs only while tests do.");
    return running.api;
  };
  beforeAll(async () => {
    running = await start(overrides);
  }, 60_000);
  afterAll(() => running?.stop());
  const send = (method: string, path: string, options: SendOptions = {}) => sendTo(api().app, method, path, options);
  return {
    get app() {
      return api().app;
    },
    get owner() {
      return api().owner;
    },
    get endpoint() {
      return api().endpoint;
    },
    get log() {
      return api().log;
    },
    get mails() {
      return api().mails;
    },
    get env() {
      return api().env;
    },
    settled: () => api().settled(),
    send,
    countRequests: async (work) => {
      const { stats } = api().endpoint;
      const before = stats.total;
      await work();
      return stats.total - before;
    },
  };
}

async function sendTo(
  app: ApiApp,
  method: string,
  path: string,
  { headers = {}, body, raw }: SendOptions,
): Promise<TestAnswer> {
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const init = {
    method,
    headers: { ...json, ...headers },
    body: raw ?? (body === undefined ? undefined : JSON.stringify(body)),
  };
  const response = await app.fetch(new Request(`${publicUrl}${path}`, { ...init, duplex: "half" } as RequestInit));
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

async function start(overrides: Partial<ApiEnv>): Promise<Running> {
  const home = await mkdtemp(join(tmpdir(), "boardroom-api-"));
  const dataDir = join(home, "pg");
  const [postgres, endpoint] = await Promise.all([
    startPostgres({ dataDir, ...(await migratedTemplate()) }),
    startNeonEndpoint(),
  ]);
  const owner = new pg.Pool({ connectionString: postgres.url(MIGRATED), max: 2 });
  // Connections that are closing when the server stops say so; nobody waits for them any more.
  owner.on("error", () => undefined);
  const outside = makeOutside();
  const env: ApiEnv = { ...outside.env, database: openDatabaseOf(postgres, endpoint), ...overrides };
  return {
    api: {
      app: createApi(env),
      owner,
      endpoint,
      env,
      log: outside.log,
      mails: outside.mails,
      settled: outside.settled,
    },
    stop: async () => {
      await outside.settled();
      await owner.end();
      await endpoint.stop();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function openDatabaseOf(postgres: LocalPostgres, endpoint: NeonEndpoint) {
  return openDatabase({
    appUrl: postgres.url(MIGRATED, { user: "boardroom_app", password: MIGRATED_PASSWORDS.app }),
    systemUrl: postgres.url(MIGRATED, { user: "boardroom_system", password: MIGRATED_PASSWORDS.system }),
    fetchEndpoint: `${endpoint.url}/sql`,
  });
}

function makeOutside() {
  const log: LogEntry[] = [];
  const mails: Mail[] = [];
  const tasks: Promise<unknown>[] = [];
  const objects = new Map<string, Uint8Array>();
  const env: Omit<ApiEnv, "database"> = {
    jwtSecret: "j".repeat(40),
    authSecret: "a".repeat(40),
    masterKey: `k1:${toBase64(new Uint8Array(32).fill(7))}`,
    signingKey: toBase64(new Uint8Array(32).fill(9)),
    publicUrl,
    version: "0.0.0-test",
    allowLocalTargets: true,
    mailer: { send: async (mail) => void mails.push(mail) },
    enqueue: async () => undefined,
    closeLater: async () => undefined,
    enqueueEvents: async () => undefined,
    vapid: null,
    queueReceiver: { verify: async (signature, body) => signature === `signed:${body.length}` },
    hub: {
      poke: async () => undefined,
      forgetListeners: async () => undefined,
      connect: async (request, companyId) => Response.json({ companyId, cookie: request.headers.get("cookie") }),
    },
    rateLimits: null,
    ownSkills: [],
    runnerHub: {
      tell: async () => undefined,
      online: async () => [],
      awaitTest: async () => null,
      testReported: async () => undefined,
      revoke: async () => undefined,
      enter: async (_, visit) => Response.json(visit),
    },
    objects: {
      put: async (key, body) => void objects.set(key, new Uint8Array(await new Response(body).arrayBuffer())),
      store: async () => {
        throw new Error("Attachments are tested with the real Worker");
      },
      open: async () => null,
      get: async (key, { offset, length }) => objects.get(key)?.slice(offset, offset + length) ?? null,
      delete: async (key) => void objects.delete(key),
    },
    waitUntil: (promise) => void tasks.push(promise),
    log: (entry) => void log.push(entry),
  };
  return { env, log, mails, settled: async () => void (await Promise.allSettled(tasks.splice(0))) };
}
