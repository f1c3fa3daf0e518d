import { type BoardroomClient, createClient, type Run, type RunStatus } from "@boardroom/contract";
import pg from "pg";
import { type HiredTestAgent, type HireOptions, hireHttpAgent } from "./hire-http-agent.ts";
import { type NewCompanyOptions, newCompany, type TestCompany } from "./new-company.ts";
import { signUp, type TestPerson } from "./sign-up.ts";
import type { StackAddresses } from "./start-stack.ts";
import { waitUntil } from "./wait-until.ts";

/** A running Boardroom, and what a test does with it. */
export interface TestBoardroom extends BoardroomActions {
  readonly url: string;
  /** Everything that a test may need to know of the stack that runs. */
  readonly addresses: StackAddresses;
}

export interface BoardroomActions {
  /** A fresh person, signed up like any other. */
  signUp(name?: string): Promise<TestPerson>;
  /** A fresh company of a fresh person. */
  newCompany(options?: NewCompanyOptions): Promise<TestCompany>;
  /** Hires an `http` agent that runs as a real server in this process; stopped after the file. */
  hireHttpAgent(company: TestCompany, options?: HireOptions): Promise<HiredTestAgent>;
  /** A client with any bearer: agent key, board key, run token. */
  clientWith(bearer: string): BoardroomClient;
  /** Looks behind the walls: runs SQL as the owner of the database. */
  ownerQuery<Row extends pg.QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Does something while a transaction of the owner is open, and commits it then. */
  inTransaction(work: (query: Query) => Promise<void>): Promise<void>;
  /** Runs SQL as the owner in a transaction that stays open until `commit`. */
  holdTransaction(sql: string, params?: readonly unknown[]): Promise<{ commit(): Promise<void> }>;
  /** Fires the cron trigger once and waits for its work. */
  runScheduled(): Promise<void>;
  /** Lets a run's lease end now. */
  expireLease(runId: string): Promise<void>;
  /** Resolves when the run has one of these statuses. */
  waitForRun(company: TestCompany, runId: string, ...statuses: RunStatus[]): Promise<Run>;
}

export type Query = (sql: string, params: readonly unknown[]) => Promise<unknown>;

export interface OpenedBoardroom {
  actions: BoardroomActions;
  close(): Promise<void>;
}

/** Opens a stack for tests; `close` stops the agents and connections made through it, not the stack. */
export function openBoardroom(addresses: () => StackAddresses): OpenedBoardroom {
  const hired: HiredTestAgent[] = [];
  let pool: pg.Pool | undefined;
  const owner = () => {
    // Connections that are closing when the server stops say so; nobody waits for them any more.
    pool ??= new pg.Pool({ connectionString: addresses().ownerUrl, max: 2 }).on("error", () => undefined);
    return pool;
  };
  const actions: BoardroomActions = {
    signUp: (name) => signUp(addresses().url, name),
    newCompany: (options) => newCompany(addresses().url, options),
    async hireHttpAgent(company, options) {
      const agent = await hireHttpAgent(company, options);
      hired.push(agent);
      return agent;
    },
    clientWith: (bearer) => createClient({ baseUrl: addresses().url, headers: { authorization: `Bearer ${bearer}` } }),
    async ownerQuery<Row extends pg.QueryResultRow>(sql: string, params: readonly unknown[] = []) {
      const { rows } = await owner().query<Row>(sql, [...params]);
      return rows;
    },
    async inTransaction(work) {
      const client = await owner().connect();
      try {
        await client.query("begin");
        await work((sql, params) => client.query(sql, [...params]));
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw error;
      } finally {
        client.release();
      }
    },
    async holdTransaction(sql, params = []) {
      const client = new pg.Client({ connectionString: addresses().ownerUrl });
      await client.connect();
      await client.query("begin");
      await client.query(sql, [...params]);
      return {
        async commit() {
          await client.query("commit");
          await client.end();
        },
      };
    },
    async runScheduled() {
      const response = await fetch(`${addresses().url}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*`);
      const outcome = await response.text();
      if (outcome !== "ok") throw new Error(`scheduled answered ${response.status}: ${outcome.slice(0, 300)}`);
    },
    async expireLease(runId) {
      await owner().query(
        "update heartbeat_runs set lease_expires_at = now() - interval '1 second' where id = $1 and status = 'running'",
        [runId],
      );
    },
    waitForRun: ({ board }, id, ...statuses) =>
      waitUntil(`run ${id} to be ${statuses.join(" or ")}`, async () => {
        const run = await board.call("runs.get", { params: { id } });
        return statuses.includes(run.status) ? run : `it is ${run.status}`;
      }),
  };
  return {
    actions,
    async close() {
      await Promise.all(hired.map(({ server }) => server.stop()));
      await pool?.end();
    },
  };
}
