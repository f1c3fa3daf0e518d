import { createWriteStream, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Miniflare, type MiniflareOptions } from "miniflare";
import { LocalServiceError } from "../local-service-error.ts";
import { LOOPBACK } from "../ports.ts";
import type { LocalServices } from "../services.ts";
import { guardWorkerd } from "./guard-workerd.ts";
import type { HomeSecrets } from "./home-secrets.ts";
import { withoutSignalHandlers } from "./keep-signals.ts";

/** The repository; the bundle and the board's files lie in it. */
const root = new URL("../../../..", import.meta.url).pathname;

export interface StartWorkerOptions {
  port: number;
  services: LocalServices;
  database: string;
  secrets: HomeSecrets;
  /** Keeps objects and hubs over restarts; only in memory when left out. */
  home?: string;
  /** Takes what the Worker prints; the process's own streams when left out. */
  logFile?: string;
  /** Settings that differ from the usual ones. */
  overrides?: Record<string, string>;
  /** False leaves the board's static files out, and with them the local stand-in for Cloudflare's asset router. */
  servesFiles?: boolean;
  /** Requests that are let through in ten seconds, by key and by address; any number when left out. */
  rateLimits?: { perKey: number; perAddress: number } | undefined;
  /** Lets HTTP fire the cron trigger, under `/cdn-cgi/handler/scheduled`; for tests. */
  canBeTriggered?: boolean;
}

export type HubName = "CompanyHub" | "RunnerHub";

export interface RunningWorker {
  url: string;
  /** Does what the cron trigger does every minute. */
  runScheduled(): Promise<void>;
  /** Throws a company's hub out of memory, as the platform does when it likes; its sockets hibernate or are closed. */
  evictHub(companyId: string, sockets: "hibernate" | "close", hub?: HubName): Promise<void>;
  stop(): Promise<void>;
}

const assets = {
  directory: join(root, "apps/web/build/client"),
  routerConfig: { has_user_worker: true, static_routing: { user_worker: ["/api/*"] } },
  assetConfig: { html_handling: "none", not_found_handling: "none" },
};

/** The isolate that holds the hubs. */
const hubs = "hubs";

/** The key keeps what hubs stored when they shared an isolate with the requests. */
const hub = (className: HubName) => ({
  className,
  scriptName: hubs,
  useSQLite: true,
  unsafeUniqueKey: `-${className}`,
});

/** Starts the built Worker under Miniflare with everything that it binds to when deployed. */
export async function startWorker(options: StartWorkerOptions): Promise<RunningWorker> {
  const { port, home, logFile } = options;
  if (!existsSync(join(root, "dist/worker/index.js"))) {
    throw new LocalServiceError("start_failed", "The Worker is not built yet; run `npm run build`.");
  }
  const url = `http://${LOOPBACK}:${port}`;
  const script = {
    modulesRoot: join(root, "dist/worker"),
    modules: [{ type: "ESModule" as const, path: join(root, "dist/worker/index.js") }, ...textModules()],
    compatibilityDate: "2026-07-20",
    compatibilityFlags: ["nodejs_compat"],
    bindings: { ...readBindings(options, url), ...options.overrides },
    durableObjects: { COMPANY_HUB: hub("CompanyHub"), RUNNER_HUB: hub("RunnerHub") },
    r2Buckets: { FILES: "boardroom" },
    ...(options.rateLimits && { ratelimits: limitsOf(options.rateLimits) }),
  };
  const settings: MiniflareOptions = {
    host: LOOPBACK,
    port,
    rootPath: root,
    unsafeTriggerHandlers: options.canBeTriggered ?? false,
    // One script twice: requests and hubs have isolates of their own, as they usually do when deployed.
    workers: [
      {
        ...script,
        name: "boardroom",
        ...(options.servesFiles !== false && { assets }),
      },
      { ...script, name: hubs },
    ],
    ...(home && { durableObjectsPersist: join(home, "hubs"), r2Persist: join(home, "objects") }),
    ...(logFile && { handleRuntimeStdio: writeTo(logFile) }),
  };
  const miniflare = withoutSignalHandlers(() => new Miniflare(settings));
  try {
    await miniflare.ready;
  } catch (error) {
    await miniflare.dispose().catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new LocalServiceError("start_failed", `The Worker did not start: ${reason}`, { cause: error });
  }
  const letGo = await guardWorkerd();
  return {
    url,
    async runScheduled() {
      const worker = await miniflare.getWorker();
      await worker.scheduled({ cron: "* * * * *" });
    },
    evictHub: (name, webSockets, hub = "CompanyHub") =>
      miniflare.unsafeEvictDurableObject(hubs, hub, { name, webSockets }),
    async stop() {
      await miniflare.dispose();
      letGo();
    },
  };
}

const limitsOf = ({ perKey, perAddress }: { perKey: number; perAddress: number }) => ({
  KEY_LIMIT: { namespace_id: "1", simple: { limit: perKey, period: 10 as const } },
  ADDRESS_LIMIT: { namespace_id: "2", simple: { limit: perAddress, period: 10 as const } },
});

/** What the Worker imports as text. */
function textModules() {
  const folder = join(root, "dist/worker");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .map((file) => ({ type: "Text" as const, path: join(folder, file) }));
}

function readBindings({ services, database, secrets }: StartWorkerOptions, url: string): Record<string, string> {
  const { postgres, neon, queue, mailbox } = services;
  return {
    PUBLIC_URL: url,
    DATABASE_URL: postgres.url(database, { user: "boardroom_app", password: secrets.appPassword }),
    SYSTEM_DATABASE_URL: postgres.url(database, { user: "boardroom_system", password: secrets.systemPassword }),
    DATABASE_FETCH_ENDPOINT: `${neon.url}/sql`,
    AUTH_SECRET: secrets.authSecret,
    JWT_SECRET: secrets.jwtSecret,
    MASTER_KEY: secrets.masterKey,
    SIGNING_KEY: secrets.signingKey,
    VAPID_PUBLIC_KEY: secrets.vapid.publicKey,
    VAPID_PRIVATE_KEY: secrets.vapid.privateKey,
    QSTASH_URL: queue.url,
    QSTASH_TOKEN: queue.token,
    QSTASH_CURRENT_SIGNING_KEY: queue.currentSigningKey,
    QSTASH_NEXT_SIGNING_KEY: queue.nextSigningKey,
    MAIL_URL: `${mailbox.url}/emails`,
    MAIL_TOKEN: mailbox.apiKey,
    MAIL_FROM: "Boardroom <board@boardroom.local>",
    ALLOW_LOCAL_TARGETS: "true",
  };
}

function writeTo(logFile: string) {
  const log = createWriteStream(logFile, { flags: "a" });
  return (stdout: Readable, stderr: Readable) => {
    stdout.pipe(log, { end: false });
    stderr.pipe(log, { end: false });
  };
}
