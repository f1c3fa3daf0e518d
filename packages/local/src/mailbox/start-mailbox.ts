import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, serveHttp } from "../http-server.ts";
import { type Email, EmailRefused, readEmail } from "./email.ts";
import { type EmailMatch, EmailStore } from "./email-store.ts";
import { writeMailboxPage } from "./mailbox-page.ts";

export interface LocalMailbox {
  port: number;
  /** The page for people; the provider's API is `POST ${url}/emails`. */
  url: string;
  apiKey: string;
  faults: MailboxFaults;
  /** Oldest first; the last 500. */
  messages(): Email[];
  /** The newest match, as soon as there is one. */
  waitFor(match: EmailMatch, timeoutMs?: number): Promise<Email>;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export interface MailboxFaults {
  /** Refuses the next e-mails with this status. */
  fail(status: number, times?: number): void;
  clear(): void;
}

export interface StartMailboxOptions {
  port?: number;
  /** Keeps the e-mails over restarts in this folder; only in memory when left out. */
  dir?: string;
  apiKey?: string;
}

const MAX_BYTES = 40 * 1024 * 1024;

/** Accepts e-mail as Resend's API does (`POST /emails`), sends nothing, and shows it. */
export async function startMailbox(options: StartMailboxOptions = {}): Promise<LocalMailbox> {
  const apiKey = options.apiKey ?? `re_${randomBytes(18).toString("base64url")}`;
  const store = await EmailStore.open(options.dir);
  const failure = { status: 500, left: 0 };
  const server = await serveHttp("mailbox", options.port ?? 0, (request, response) => {
    answer(request, response, { store, apiKey, failure }).catch(() => response.destroy());
  }).catch(async (error) => {
    await store.close();
    throw error;
  });
  return {
    port: server.port,
    url: server.url,
    apiKey,
    faults: {
      fail: (status, times = 1) => Object.assign(failure, { status, left: times }),
      clear: () => Object.assign(failure, { left: 0 }),
    },
    messages: () => [...store.emails],
    waitFor: (match, timeoutMs = 5000) => store.waitFor(match, timeoutMs),
    clear: () => store.clear(),
    stop: async () => {
      await server.stop();
      await store.close();
    },
  };
}

interface MailboxParts {
  store: EmailStore;
  apiKey: string;
  failure: { status: number; left: number };
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: MailboxParts): Promise<void> {
  const { method, url = "/" } = request;
  const { emails } = parts.store;
  try {
    if (method === "POST" && url === "/emails") return send(response, 200, { id: await accept(request, parts) });
    if (method === "GET" && url === "/") return sendPage(response, writeMailboxPage(emails));
    if (method === "GET" && url === "/emails.json") return send(response, 200, emails.toReversed());
    const found = emails.find(({ id }) => url === `/emails/${id}`);
    if (method !== "GET" || !found) throw new EmailRefused(404, "not_found", "Not found");
    send(response, 200, { object: "email", ...found });
  } catch (error) {
    if (!(error instanceof EmailRefused)) throw error;
    send(response, error.status, { statusCode: error.status, name: error.reason, message: error.message });
  }
}

async function accept(request: IncomingMessage, { store, apiKey, failure }: MailboxParts): Promise<string> {
  const body = await readBody(request, MAX_BYTES);
  const bearer = request.headers.authorization;
  if (!bearer) throw new EmailRefused(401, "missing_api_key", "Missing API key in the authorization header");
  if (bearer !== `Bearer ${apiKey}`) throw new EmailRefused(403, "invalid_api_key", "API key is invalid");
  if (!body) throw new EmailRefused(413, "validation_error", "The e-mail is larger than 40 MB.");
  if (failure.left > 0) {
    failure.left -= 1;
    throw new EmailRefused(failure.status, "internal_server_error", "Told to fail");
  }
  const key = request.headers["idempotency-key"];
  return store.add(readEmail(body), typeof key === "string" ? key : undefined);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function sendPage(response: ServerResponse, html: string): void {
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    "cache-control": "no-store",
  };
  response.writeHead(200, headers).end(html);
}
