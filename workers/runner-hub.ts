import { DurableObject } from "cloudflare:workers";
import type { EnvironmentReport, RunnerHint } from "@boardroom/contract";
import { openDatabase } from "@boardroom/db/connection";
import { notePresence, systemActor } from "@boardroom/domain/live";
import { readDatabaseOptions, type WorkerEnv } from "./env.ts";
import { PendingHints } from "./hub/pending-hints.ts";
import { RunnerPolls } from "./hub/runner-polls.ts";
import { RunnerSockets } from "./hub/runner-sockets.ts";
import { createHubPoke } from "./hub-poke.ts";

/** A runner that comes back within this was never gone. */
const graceMs = 15_000;

/**
 * The runners of one company: who is connected, and hints that there is something to do. A hint names work and never describes
 * it; a lost one costs time, nothing else. The database is asked only when a runner comes or has gone: any number of idle
 * runners cost nothing.
 */
export class RunnerHub extends DurableObject<WorkerEnv> {
  readonly #database = openDatabase(readDatabaseOptions(this.env));
  readonly #poke = createHubPoke(this.env.COMPANY_HUB);
  readonly #sockets = new RunnerSockets(this.ctx);
  readonly #polls = new RunnerPolls((runnerId) => this.ctx.waitUntil(this.#noteIfGone(runnerId)));
  readonly #pending = new PendingHints(this.ctx.storage);
  readonly #tests = new Map<string, (report: EnvironmentReport | null) => void>();

  /** `GET /connect` (WebSocket) and `GET /poll`, with company and runner in headers that only the Worker can set. */
  override async fetch(request: Request): Promise<Response> {
    const companyId = request.headers.get("x-company-id");
    const runnerId = request.headers.get("x-runner-id");
    if (!companyId || !runnerId) return new Response(null, { status: 400 });
    if (new URL(request.url).pathname === "/poll") return this.#poll(companyId, runnerId, request.signal);
    if (request.headers.get("upgrade") !== "websocket")
      return refusal(426, "invalid_request", "Open a WebSocket here.");
    if (!(await this.#letIn(companyId, runnerId))) return revokedAnswer();
    const { response, send } = this.#sockets.accept({ companyId, runnerId });
    this.#polls.forget(runnerId);
    for (const hint of await this.#pending.take(runnerId)) send(hint);
    return response;
  }

  async tell(runnerIds: string[], hint: RunnerHint): Promise<void> {
    for (const runnerId of runnerIds) {
      const isTold = this.#sockets.send(runnerId, hint) || this.#polls.send(runnerId, hint);
      if (!isTold) await this.#pending.add(runnerId, hint);
    }
  }

  async online(): Promise<string[]> {
    return [...new Set([...this.#sockets.online(), ...this.#polls.online()])];
  }

  /** Calls runners to work and waits for the report of a test. */
  async awaitTest(wanted: {
    testId: string;
    runnerIds: string[];
    timeoutMs: number;
  }): Promise<EnvironmentReport | null> {
    const report = Promise.withResolvers<EnvironmentReport | null>();
    const timer = setTimeout(() => report.resolve(null), wanted.timeoutMs);
    this.#tests.set(wanted.testId, report.resolve);
    try {
      await this.tell(wanted.runnerIds, { type: "work" });
      return await report.promise;
    } finally {
      clearTimeout(timer);
      this.#tests.delete(wanted.testId);
    }
  }

  async testReported(testId: string, report: EnvironmentReport): Promise<void> {
    this.#tests.get(testId)?.(report);
  }

  async revoke(runnerId: string): Promise<void> {
    await this.ctx.storage.put(revokedKey(runnerId), true);
    this.#sockets.send(runnerId, { type: "revoked" });
    this.#sockets.close(runnerId, "revoked");
    this.#polls.send(runnerId, { type: "revoked" });
    this.#polls.forget(runnerId);
  }

  /** A runner says nothing but `ping`, which is answered without waking the hub. */
  override webSocketMessage(): void {}

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // 1005 and 1006 only report; they can't be sent back.
    socket.close(code === 1005 || code === 1006 ? 1000 : code);
    await this.#lookLater(socket);
  }

  override webSocketError(socket: WebSocket): Promise<void> {
    return this.#lookLater(socket);
  }

  /** Notes those that have not come back. */
  override async alarm(): Promise<void> {
    const gone = await this.ctx.storage.list<number>({ prefix: gonePrefix });
    const waiting: number[] = [];
    for (const [key, since] of gone) {
      if (Date.now() < since + graceMs) {
        waiting.push(since + graceMs);
        continue;
      }
      // Forgotten only once it is written down: an alarm that fails comes again.
      await this.#noteIfGone(key.slice(gonePrefix.length));
      await this.ctx.storage.delete(key);
    }
    if (waiting.length > 0) await this.ctx.storage.setAlarm(Math.min(...waiting));
  }

  async #poll(companyId: string, runnerId: string, signal: AbortSignal): Promise<Response> {
    if (!this.#polls.isOnline(runnerId) && !(await this.#letIn(companyId, runnerId))) return revokedAnswer();
    const pending = await this.#pending.take(runnerId);
    const hints = pending.length > 0 ? pending : await this.#polls.hold(runnerId, signal);
    return Response.json({ hints }, { headers: { "cache-control": "no-store" } });
  }

  /** One request to the database, when a runner comes. */
  async #letIn(companyId: string, runnerId: string): Promise<boolean> {
    const isRevoked = () => this.ctx.storage.get<boolean>(revokedKey(runnerId));
    if (await isRevoked()) return false;
    if (!(await this.#note(companyId, runnerId, true))) return false;
    await this.ctx.storage.put(companyKey, companyId);
    // It may have been revoked while the database answered.
    return !(await isRevoked());
  }

  async #lookLater(socket: WebSocket): Promise<void> {
    const { runnerId } = this.#sockets.ownerOf(socket);
    if (this.#sockets.isOnline(runnerId)) return;
    await this.ctx.storage.put(gonePrefix + runnerId, Date.now());
    const alarm = await this.ctx.storage.getAlarm();
    if (alarm === null) await this.ctx.storage.setAlarm(Date.now() + graceMs);
  }

  async #noteIfGone(runnerId: string): Promise<void> {
    const companyId = await this.ctx.storage.get<string>(companyKey);
    if (!companyId || this.#sockets.isOnline(runnerId) || this.#polls.isOnline(runnerId)) return;
    await this.#note(companyId, runnerId, false);
  }

  #note(companyId: string, runnerId: string, isHere: boolean): Promise<boolean> {
    const scope = {
      db: this.#database.tenant(companyId, "runner-hub"),
      actor: { ...systemActor, type: "system" as const },
      idempotency: null,
      committed: () => this.ctx.waitUntil(this.#poke(companyId)),
    };
    return notePresence(scope, runnerId, isHere);
  }
}

const companyKey = "company";
const gonePrefix = "gone:";
const revokedKey = (runnerId: string) => `revoked:${runnerId}`;

const refusal = (status: number, code: string, error: string, details?: unknown) =>
  Response.json({ error, code, details, requestId: "hub" }, { status });
const revokedAnswer = () =>
  refusal(403, "forbidden", "This runner was revoked. Connect the machine again with a new code.", {
    reason: "revoked",
  });
