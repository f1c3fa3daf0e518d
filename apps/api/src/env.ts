import type { Database } from "@boardroom/db";
import type { DispatchedRun, ObjectPort, Ports, RunnerHubPort } from "@boardroom/domain";
import type { VapidKeys } from "./notifications/send-push.ts";
import type { ClosingMessage } from "./queue.ts";

/**
 * Everything that the API needs from outside. The composition root builds it once per isolate; nothing else is read.
 * @example
 * import { waitUntil } from "cloudflare:workers";
 * const api = createApi({ database, publicUrl: "https://boardroom.example", waitUntil, ...rest });
 * export default { fetch: (request) => api.fetch(request) };
 */
export interface ApiEnv {
  database: Database;
  /** Signs run tokens; at least 32 characters. */
  jwtSecret: string;
  /** Signs the board's session cookies; at least 32 characters. */
  authSecret: string;
  /** Seals stored secrets: 32 bytes in base64. To rotate, `id:base64` of the new one first, older ones after commas. */
  masterKey: string;
  /** Signs the jobs of runners: 32 random bytes in base64. */
  signingKey: string;
  /** Where the board and the API are reached, without a slash at the end. Cookies are `Secure` when it is https. */
  publicUrl: string;
  /** As `GET /api/health` shows it. */
  version: string;
  /** http and loopback webhook targets are allowed; only where Boardroom runs on one machine. */
  allowLocalTargets: boolean;
  mailer: MailerPort;
  /** Signs pushes to browsers; without it nobody can subscribe. */
  vapid: VapidKeys | null;
  /** Publishes a message to `queueDeliverPath` that lets an approval take effect later. */
  closeLater(closing: ClosingMessage & { delayMs: number }): Promise<void>;
  /** Publishes one message per run to `queueDeliverPath`, each with a `QueueMessage` as its JSON body. */
  enqueue(runs: readonly DispatchedRun[]): Promise<void>;
  /** Publishes a message to `queueDeliverPath` for each company whose addresses are to be told something. */
  enqueueEvents(companyIds: readonly string[], delayMs: number): Promise<void>;
  queueReceiver: QueueReceiver;
  hub: HubPort;
  runnerHub: RunnerHub;
  /** What Boardroom itself teaches agents: the folders of `skills/`. */
  ownSkills: Ports["ownSkills"];
  /** Count requests; null where nobody is held back. */
  rateLimits: RateLimits | null;
  /** Where run logs and files are kept. */
  objects: ObjectPort;
  /** Keeps the isolate alive until a promise settles, as `waitUntil` of `cloudflare:workers` does. */
  waitUntil(promise: Promise<unknown>): void;
  /** Takes one entry per line of the log. */
  log(entry: LogEntry): void;
}

/** Whether one more request is within the limit; each asking counts. */
export interface RateLimits {
  allowsKey(key: string): Promise<boolean>;
  allowsAddress(address: string): Promise<boolean>;
}

export interface MailerPort {
  send(mail: Mail): Promise<void>;
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  headers?: Record<string, string>;
  /** The provider takes mails of the same key once. */
  idempotencyKey?: string;
}

export interface QueueReceiver {
  /** Whether the queue signed this body for this URL; `signature` is the header `Upstash-Signature`. */
  verify(signature: string, body: string, url: string): Promise<boolean>;
}

/** The live channel of a company. */
export interface HubPort {
  /** Tells viewers that something changed, with a run's id that its log did; they read what. */
  poke(companyId: string, runId?: string): Promise<void>;
  /** A company may have other addresses to tell than before. */
  forgetListeners(companyId: string): Promise<void>;
  /** Answers an event stream or a WebSocket. The request carries no credentials any more; its query may hold a cursor. */
  connect(request: Request, companyId: string): Promise<Response>;
}

/** The hub of a company's runners, and its door. */
export interface RunnerHub extends RunnerHubPort {
  /** Answers a runner's WebSocket or long poll; who it is was verified. */
  enter(request: Request, visit: RunnerVisit): Promise<Response>;
}

export interface RunnerVisit {
  companyId: string;
  runnerId: string;
  channel: "connect" | "poll";
}

export interface LogEntry {
  level: "error" | "warn" | "info";
  message: string;
  requestId?: string;
  operation?: string;
  /** The stack of what went wrong. Never part of an answer. */
  error?: string;
}
