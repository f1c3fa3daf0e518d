import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import { http, requestOf } from "../api/node-http.ts";

/** Boardroom's API as one run's programs reach it: on loopback, under a key of their own that lives as long as the run. */
export interface Forwarder {
  url: string;
  key: string;
  stop(): Promise<void>;
}

export interface ForwarderOptions {
  apiUrl: string;
  runId: string;
  /** The newest run token; it lives as long as the lease and is renewed with it, which a program's environment isn't. */
  token(): string;
}

/** Headers that concern one connection, or that would say who we are in another way than by the token. */
const dropped = new Set([
  ...["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding"],
  ...["upgrade", "host", "authorization", "cookie", "origin", "referer", "forwarded", "x-paperclip-run-id", "expect"],
]);

/** Passes calls on to `/api/` of the one server, with the run's token and id, and nothing else anywhere else. */
export async function startForwarder({ apiUrl, runId, token }: ForwarderOptions): Promise<Forwarder> {
  const target = new URL(apiUrl);
  const key = `brl_${randomBytes(30).toString("base64url")}`;
  let host = "";
  const server = http.createServer({ keepAlive: true }, (request, response) => {
    // A web page that found the port has neither this name nor the key.
    if (request.headers.host !== host) return refuse(response, 403, "forbidden", "This is no address of Boardroom.");
    if (!holdsKey(request, key)) return refuse(response, 401, "unauthenticated", "The key of this run is needed.");
    const url = resolveTarget(request.url ?? "", target);
    if (!url) return refuse(response, 404, "not_found", "Only Boardroom's API is to be reached here.");
    if (isRunnersOwn(request.method, url)) {
      return refuse(response, 403, "forbidden", "The runner says this itself: it isn't for the program that it runs.");
    }
    forward(request, response, url, { token: token(), runId });
  });
  server.on("upgrade", (_request, socket) => socket.destroy());
  server.on("clientError", (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  host = `127.0.0.1:${port}`;
  return {
    url: `http://${host}`,
    key,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function resolveTarget(path: string, target: URL): URL | null {
  if (!path.startsWith("/") || !URL.canParse(path, target)) return null;
  const url = new URL(path, target);
  const isOurs = url.origin === target.origin && url.pathname.startsWith("/api/");
  return isOurs ? url : null;
}

/** A program that could report the lease, the log, the end, the changes or a tool call could hide what it did. */
const ownPaths =
  /^\/api\/(?:heartbeat-runs\/[^/]*\/(?:renew|log|complete|tool-approvals)|execution-workspaces\/[^/]*\/operations)\/*$/i;

function isRunnersOwn(method: string | undefined, { pathname }: URL): boolean {
  if (method === "GET" || method === "HEAD") return false;
  try {
    return ownPaths.test(decodeURIComponent(pathname));
  } catch {
    // What can't be read can't be told from it either.
    return true;
  }
}

function forward(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  { token, runId }: { token: string; runId: string },
): void {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(request.headers)) if (!dropped.has(name)) headers[name] = value;
  Object.assign(headers, { host: url.host, authorization: `Bearer ${token}`, "x-paperclip-run-id": runId });
  const outgoing = requestOf(url)(url, { method: request.method, headers }, (answer) => {
    const back = Object.entries(answer.headers).filter(([name]) => !dropped.has(name) && name !== "set-cookie");
    response.writeHead(answer.statusCode ?? 502, Object.fromEntries(back));
    pipeline(answer, response, () => undefined);
  });
  outgoing.on("error", () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 503, "unavailable", "Boardroom can't be reached from this machine right now.");
  });
  response.on("close", () => outgoing.destroy());
  request.pipe(outgoing);
}

function holdsKey(request: IncomingMessage, key: string): boolean {
  const given = Buffer.from(/^Bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "");
  const wanted = Buffer.from(key);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function refuse(response: ServerResponse, status: number, code: string, error: string): void {
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ error, code, requestId: "runner" }));
}
