import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MemberRole } from "@boardroom/contract";
import { type Database, openDatabase } from "@boardroom/db";
import type { AgentActor, Ctx, PersonCtx, RunActor, UserActor } from "@boardroom/domain";
import { type LocalPostgres, type NeonEndpoint, startNeonEndpoint, startPostgres } from "@boardroom/local";
import { MIGRATED, MIGRATED_PASSWORDS, migratedTemplate } from "@boardroom/local/migrated";
import pg from "pg";
import { makeTestPorts, randomText, type TestPorts } from "./test-ports.ts";

/** A migrated PostgreSQL behind the Neon endpoint, and what arranges tests and looks behind the walls. */
export interface DomainDatabase {
  readonly endpoint: NeonEndpoint;
  readonly database: Database;
  /** Sees everything: for arranging and for looking behind the walls. */
  readonly owner: pg.Pool;
  /** Connection strings over TCP. */
  readonly urls: { owner: string; app: string; system: string };
  /** A fresh company with one owner in it. */
  newTenant(company?: { name?: string; requireBoardApprovalForNewAgents?: boolean }): Promise<Tenant>;
  /** A person outside of any company. */
  newPerson(name?: string): Promise<PersonCtx & { ports: TestPorts }>;
  /** Requests that `work` sends to the database. */
  countRequests(work: () => Promise<unknown>): Promise<number>;
  /** Kills PostgreSQL as a power cut would and starts it again at the same port. */
  restartPostgres(): Promise<void>;
}

export interface Tenant {
  companyId: string;
  ownerId: string;
  ports: TestPorts;
  /** The company's owner at the board. */
  board: TestCtx;
  /** Another person of the company. */
  member(role: MemberRole, name?: string): Promise<TestCtx>;
  /** An agent with a long-lived key. */
  asAgent(agent: { id: string; name: string }): TestCtx;
  /** An agent inside a run, with that run's fence. */
  asRun(agent: { id: string; name: string }, run: { id: string; fence: number }): TestCtx;
  /** How often `committed` was called since the tenant was made. */
  commits(): number;
}

export type TestCtx = Ctx & { ports: TestPorts };

/** Starts it outside of any test runner; `seed` is that of the endpoint's random faults. */
export async function startDomainDatabase(seed?: number): Promise<StartedDatabase> {
  const [only] = await startDomainDatabases(1, seed);
  if (!only) throw new Error("No database was started");
  return only;
}

/**
 * Starts several databases of one server. What goes over all companies, like the reaper, sees only its own, so that tests
 * that need every step for themselves may run side by side. Stopping one stops all.
 */
export async function startDomainDatabases(count: number, seed?: number): Promise<StartedDatabase[]> {
  const home = await mkdtemp(join(tmpdir(), "boardroom-domain-"));
  const dataDir = join(home, "pg");
  const copied = { dataDir, ...(await migratedTemplate()) };
  const [first, endpoint] = await Promise.all([startPostgres(copied), startNeonEndpoint({ seed })]);
  const server = { postgres: first };
  const names = [MIGRATED, ...Array.from({ length: count - 1 }, (_, index) => `${MIGRATED}_${index + 2}`)];
  for (const name of names.slice(1)) await first.createDatabase(name, MIGRATED);
  const opened = names.map((name) => open(server, endpoint, name));
  const restartPostgres = async () => {
    const { port } = server.postgres;
    await server.postgres.kill();
    server.postgres = await startPostgres({ ...copied, port });
  };
  const stop = async () => {
    await Promise.all(opened.map(({ owner }) => owner.end()));
    await endpoint.stop();
    await server.postgres.stop();
    await rm(home, { recursive: true, force: true });
  };
  return opened.map((database) => ({ ...database, restartPostgres, stop }));
}

function open({ postgres }: { postgres: LocalPostgres }, endpoint: NeonEndpoint, name: string) {
  const urls = {
    owner: postgres.url(name),
    app: postgres.url(name, { user: "boardroom_app", password: MIGRATED_PASSWORDS.app }),
    system: postgres.url(name, { user: "boardroom_system", password: MIGRATED_PASSWORDS.system }),
  };
  const owner = new pg.Pool({ connectionString: urls.owner, max: 4 });
  // Connections that are closing when the server stops say so; nobody waits for them any more.
  owner.on("error", () => undefined);
  const fetchEndpoint = `${endpoint.url}/sql`;
  const database = openDatabase({ appUrl: urls.app, systemUrl: urls.system, fetchEndpoint });
  return {
    endpoint,
    owner,
    urls,
    database,
    newTenant: (company: Parameters<DomainDatabase["newTenant"]>[0]) => newTenant({ owner, database }, company ?? {}),
    newPerson: (name?: string) => newPerson({ owner, database }, name ?? "Pat Person"),
    countRequests: async (work: () => Promise<unknown>) => {
      const before = endpoint.stats.total;
      await work();
      return endpoint.stats.total - before;
    },
  };
}

export type StartedDatabase = DomainDatabase & { stop(): Promise<void> };
type Running = Pick<DomainDatabase, "owner" | "database">;

async function newTenant(
  running: Running,
  company: { name?: string; requireBoardApprovalForNewAgents?: boolean },
): Promise<Tenant> {
  const { rows } = await running.owner.query<{ id: string }>(
    "insert into companies (name, issue_prefix, require_board_approval_for_new_agents) values ($1, $2, $3) returning id",
    [company.name ?? "Acme", `T${randomText(8).toUpperCase()}`, company.requireBoardApprovalForNewAgents ?? true],
  );
  const companyId = String(rows[0]?.id);
  const ports = makeTestPorts();
  let commits = 0;
  const ctx = (actor: Ctx["actor"]): TestCtx => ({
    db: running.database.tenant(companyId, "test"),
    actor,
    idempotency: null,
    ports,
    requestId: `req_${randomText(8)}`,
    committed: () => {
      commits += 1;
    },
  });
  const member = async (role: MemberRole, name: string): Promise<UserActor> => {
    const userId = `user_${randomText(16)}`;
    await running.owner.query(
      "insert into memberships (company_id, user_id, display_name, role) values ($1, $2, $3, $4)",
      [companyId, userId, name, role],
    );
    return { kind: "user", type: "user", id: userId, name, agentId: null, runId: null, role, scopes: [] };
  };
  const owner = await member("owner", "Olga Owner");
  return {
    companyId,
    ownerId: owner.id,
    ports,
    board: ctx(owner),
    member: async (role, name) => ctx(await member(role, name ?? `A ${role}`)),
    asAgent: (agent) => ctx(agentActor(agent)),
    asRun: (agent, run) => ctx(runActor(agent, run)),
    commits: () => commits,
  };
}

const agentActor = ({ id, name }: { id: string; name: string }): AgentActor => ({
  kind: "agent",
  type: "agent",
  id,
  name,
  agentId: id,
  runId: null,
});

const runActor = (agent: { id: string; name: string }, run: { id: string; fence: number }): RunActor => ({
  ...agentActor(agent),
  kind: "run",
  agentId: agent.id,
  runId: run.id,
  fence: run.fence,
});

async function newPerson(running: Running, name: string) {
  const userId = `user_${randomText(16)}`;
  await running.owner.query("insert into users (id, name, email) values ($1, $2, $3)", [
    userId,
    name,
    `${userId.toLowerCase()}@example.com`,
  ]);
  const ports = makeTestPorts();
  return {
    person: { userId, name },
    system: running.database.system("test"),
    ports,
    idempotency: null,
    requestId: "req",
  };
}
