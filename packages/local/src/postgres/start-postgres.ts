import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LocalServiceError } from "../local-service-error.ts";
import { findFreePort, LOOPBACK } from "../ports.ts";
import { createDatabase, dropDatabase } from "./databases.ts";
import { initDataFolder, OWNER } from "./init-data-folder.ts";
import { choosePostgresAccount } from "./postgres-account.ts";
import { findPostgresBinaries } from "./postgres-binaries.ts";
import { recoverDataFolder, rememberStarter } from "./recover-data-folder.ts";
import { type RunningServer, runServer } from "./run-server.ts";

export interface PostgresRole {
  user: string;
  password: string;
}

export interface LocalPostgres {
  port: number;
  /** The owner's connection string for the database `postgres`. */
  ownerUrl: string;
  /** A connection string for a database; as the owner unless a role is given. */
  url(database: string, role?: PostgresRole): string;
  /** Makes the database unless it is there, as a copy of `template` when given; returns the owner's connection string. */
  createDatabase(name: string, template?: string): Promise<string>;
  dropDatabase(name: string): Promise<void>;
  stop(): Promise<void>;
  /** Ends the server as a power cut would, for tests of recovery. */
  kill(): Promise<void>;
}

export interface StartPostgresOptions {
  dataDir: string;
  /** A free port when left out. */
  port?: number;
  /** The data folder of a stopped server, that a new one begins as a copy of. */
  template?: string;
  /** False for what may be lost with the machine: commits survive a killed server, but not a power cut. */
  isDurable?: boolean;
  log?: (line: string) => void;
}

/** Starts PostgreSQL 18 on a data folder, which is made on the first start and kept. Fails with a LocalServiceError. */
export async function startPostgres(options: StartPostgresOptions): Promise<LocalPostgres> {
  const dataDir = resolve(options.dataDir);
  const binaries = await findPostgresBinaries();
  const account = await choosePostgresAccount(dataDir, binaries.postgres);
  const password = await initDataFolder(dataDir, { initdb: binaries.initdb, account, template: options.template });
  await recoverDataFolder(dataDir);
  await rememberStarter(dataDir);

  const { isDurable = true, log = () => undefined } = options;
  const start = (port: number) => runServer(binaries.postgres, { dataDir, port, account, isDurable, log });
  const { server, port } = await startPatiently(start, options.port);

  const url = (database: string, role: PostgresRole = { user: OWNER, password }) =>
    `postgres://${encodeURIComponent(role.user)}:${encodeURIComponent(role.password)}@${LOOPBACK}:${port}/${encodeURIComponent(database)}`;
  const ownerUrl = url("postgres");
  let queue: Promise<unknown> = Promise.resolve();
  return {
    port,
    ownerUrl,
    url,
    createDatabase(name, template) {
      // One after the other: a template can be copied only while nobody else uses it.
      const made = queue.then(() => createDatabase(ownerUrl, name, template));
      queue = made.catch(() => undefined);
      return made.then(() => url(name));
    },
    dropDatabase: (name) => dropDatabase(ownerUrl, name),
    stop: () => server.stop(),
    kill: () => server.kill(),
  };
}

async function startPatiently(
  start: (port: number) => Promise<RunningServer>,
  wanted: number | undefined,
): Promise<{ server: RunningServer; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await findFreePort());
    try {
      return { server: await start(port), port };
    } catch (error) {
      if (attempt >= 20 || !(error instanceof LocalServiceError)) throw error;
      // Children of a killed server need a moment to notice; a free port can be taken between look and use.
      const shared = error.cause instanceof Error && error.cause.message.includes("shared memory block");
      const taken = error.code === "port_in_use" && wanted === undefined;
      if (!shared && !taken) throw error;
      await sleep(shared ? 100 : 0);
    }
  }
}
