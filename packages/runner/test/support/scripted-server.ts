import { createHash, generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { CompactSign } from "jose";
import { homeOf } from "../../src/home/runner-home.ts";

export interface Call {
  method: string;
  path: string;
  body: unknown;
}
/** What it answers: JSON, or whatever it writes by itself. */
export type Answer = object | null | ((response: ServerResponse) => void);

/** A server that says what a test wants it to, with the keys of a real one: what a runner must bear with. */
export interface ScriptedServer {
  url: string;
  calls: Call[];
  /** Prepared answers of a path, one per call; then the usual one. */
  next(path: RegExp, ...answers: Answer[]): void;
  /** Answers of a path from now on. */
  always(path: RegExp, answer: (call: Call) => Answer): void;
  /** Sends a frame to who is connected. */
  say(frame: string | Buffer): void;
  isConnected(): boolean;
  signJob(job: object, over?: object): Promise<string>;
  runJob(over?: object): object;
  /** A home whose runner is registered here. */
  newHome(policy: object): { root: string; projects: string; home: ReturnType<typeof homeOf> };
  stop(): Promise<void>;
}

const runnerId = randomUUID();
const companyId = randomUUID();
const now = () => new Date().toISOString();
const inAMinute = () => new Date(Date.now() + 60_000).toISOString();

export async function startScriptedServer(): Promise<ScriptedServer> {
  const serverKeys = generateKeyPairSync("ed25519");
  const sockets = new Set<Duplex>();
  const calls: Call[] = [];
  const prepared: { path: RegExp; answers: Answer[] }[] = [];
  const usual: { path: RegExp; answer: (call: Call) => Answer }[] = [
    { path: /\/runners\/token$/, answer: () => ({ token: "token", expiresAt: inAMinute(), runner: describeRunner() }) },
    { path: /\/runners\/heartbeat$/, answer: () => ({ runner: describeRunner(), runs: [], cleanup: [] }) },
    { path: /\/runners\/claim$/, answer: () => ({ job: null, retryAfterMs: null }) },
    {
      path: /\/renew$/,
      answer: () => ({ action: "continue", reason: null, leaseExpiresAt: inAMinute(), runToken: "t", fence: 1 }),
    },
  ];
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    calls.push(call);
    const queued = prepared.find(({ path, answers }) => path.test(call.path) && answers.length > 0)?.answers.shift();
    const answer = queued === undefined ? usual.findLast(({ path }) => path.test(call.path))?.answer(call) : queued;
    if (typeof answer === "function") answer(response);
    else
      send(response, answer === undefined ? 404 : 200, answer ?? { error: "No.", code: "not_found", requestId: "r" });
  });
  server.on("upgrade", (request, socket) => {
    const accept = createHash("sha1")
      .update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest("base64");
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    socket.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    calls,
    next: (path, ...answers) => prepared.push({ path, answers }),
    always: (path, answer) => usual.push({ path, answer }),
    isConnected: () => sockets.size > 0,
    say(frame) {
      for (const socket of sockets) socket.write(typeof frame === "string" ? textFrame(frame) : frame);
    },
    signJob(job, over = {}) {
      const iat = Math.floor(Date.now() / 1000);
      const claims = { iss: "boardroom", aud: runnerId, jti: randomUUID(), iat, exp: iat + 60, job, ...over };
      return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: "EdDSA" })
        .sign(serverKeys.privateKey);
    },
    runJob: (over = {}) => ({ ...describeJob(url), ...over }),
    newHome: (policy) => newHome(url, serverKeys.publicKey.export({ format: "jwk" }), policy),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function newHome(url: string, serverKey: object, policy: object) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "scripted-")));
  const projects = join(root, "projects");
  const home = homeOf(join(root, "home"), companyId);
  for (const folder of [projects, home.folder]) mkdirSync(folder, { recursive: true });
  const privateKey = generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" });
  const told = { runnerId, companyId, companyName: "Acme", name: "Laptop", slots: 2, apiUrl: url, audience: url };
  writeFileSync(home.credentialFile, JSON.stringify({ ...told, privateKey, serverKey }), { mode: 0o600 });
  writeFileSync(home.policyFile, JSON.stringify({ version: 1, allowedFolders: [projects], ...policy }));
  return { root: join(root, "home"), projects, home };
}

async function readCall(request: IncomingMessage): Promise<Call> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Nothing, or no JSON.
  }
  return { method: request.method ?? "", path: request.url ?? "", body };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const header =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([header, payload]);
}

const describeRunner = () => ({
  ...{ id: runnerId, companyId, name: "Laptop", status: "active", isOnline: true, connectedAt: null, lastSeenAt: null },
  host: { hostname: "h", platform: "linux", arch: "x64", nodeVersion: "v24", runnerVersion: "1" },
  ...{ adapters: [], labels: [], agentIds: null, slots: 2, usedSlots: 0, createdByUserId: null, revokedAt: null },
  ...{ createdAt: now(), updatedAt: now() },
});

const describeJob = (url: string) => ({
  kind: "run",
  apiUrl: url,
  company: { id: companyId, name: "Acme" },
  agent: { id: randomUUID(), name: "Ada", urlKey: "ada", role: "engineer", title: null },
  run: {
    ...{ id: randomUUID(), fence: 1, attempt: 1, leaseExpiresAt: inAMinute(), leaseSeconds: 90 },
    ...{
      deadlineAt: new Date(Date.now() + 3_600_000).toISOString(),
      wakeSource: "assignment",
      wakeReason: "issue_assigned",
    },
  },
  ...{ task: null, context: {}, session: null, workspace: null, runToken: "run-token", secrets: {}, skills: [] },
  adapter: { type: "process", config: {} },
});
