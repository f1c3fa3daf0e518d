import { allowLogin } from "@boardroom/db/migrate";
import { findLastingPort, type LocalServices, newSeed, startServices } from "@boardroom/local";
import { startDemoAgent } from "@boardroom/local/demo-agent";
import { makeSecrets } from "@boardroom/local/home-secrets";
import { MIGRATED as database, migratedTemplate } from "@boardroom/local/migrated";
import { type HubName, type RunningWorker, type StartWorkerOptions, startWorker } from "@boardroom/local/worker";

export interface StackOptions {
  /** Seed of all random faults; printed, so that a failure can be run again. */
  seed?: number;
  /** Settings of the Worker that differ from the usual ones. */
  overrides?: Record<string, string>;
  /** False starts the API alone, without the board's static files. */
  servesFiles?: boolean;
  /** Requests that are let through in ten seconds; any number when left out. */
  rateLimits?: StartWorkerOptions["rateLimits"];
  /** Shortens the queue's waits between retries. */
  queueTimeScale?: number;
  /** True lets the database survive a power cut, which costs time at each commit: for benchmarks. */
  isDurable?: boolean;
  /** Takes what the Worker prints, for tests that cause its errors; the process's own streams when left out. */
  logFile?: string;
}

/** Where a running stack is reached; plain data that crosses into the processes of the tests. */
export interface StackAddresses {
  url: string;
  ownerUrl: string;
  mailboxUrl: string;
  /** The database as the Worker reaches it, by its two roles. */
  database: { appUrl: string; systemUrl: string; fetchEndpoint: string };
  /** Signs run tokens, so that tests can make true and false ones. */
  jwtSecret: string;
  seed: number;
}

export interface Stack {
  addresses: StackAddresses;
  services: LocalServices;
  /** Kills the Worker as a crash would; requests in it are cut off. */
  killWorker(): Promise<void>;
  /** Starts the Worker again at the same address. */
  restartWorker(): Promise<void>;
  /** Throws a company's hub out of memory while the Worker runs on. */
  evictHub(companyId: string, sockets: "hibernate" | "close", hub?: HubName): Promise<void>;
  stop(): Promise<void>;
}

/** Boots all of Boardroom on free ports with an empty database: what `npm start` runs, without the demo. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { seed = newSeed(), overrides, servesFiles, queueTimeScale = 0.05, isDurable = false, logFile } = options;
  const { rateLimits } = options;
  const secrets = makeSecrets();
  const services = await startServices({
    seed,
    postgres: { ...(await migratedTemplate()), isDurable },
    queue: { timeScale: queueTimeScale },
  });
  let worker: RunningWorker | undefined;
  const demo = await startDemoAgent(0);
  try {
    const ownerUrl = services.postgres.url(database);
    await allowLogin(ownerUrl, { app: secrets.appPassword, system: secrets.systemPassword });
    const port = await findLastingPort();
    const start = () =>
      startWorker({
        port,
        services,
        database,
        secrets,
        // Tests fire the cron trigger when they want its work done.
        overrides: { WATCHDOG: "false", DEMO_AGENT_URL: demo.url, ...overrides },
        servesFiles,
        rateLimits,
        logFile,
        canBeTriggered: true,
      });
    worker = await start();
    const urlOf = (user: string, password: string) => services.postgres.url(database, { user, password });
    return {
      addresses: {
        url: worker.url,
        ownerUrl,
        mailboxUrl: services.mailbox.url,
        database: {
          appUrl: urlOf("boardroom_app", secrets.appPassword),
          systemUrl: urlOf("boardroom_system", secrets.systemPassword),
          fetchEndpoint: `${services.neon.url}/sql`,
        },
        jwtSecret: overrides?.JWT_SECRET ?? secrets.jwtSecret,
        seed,
      },
      services,
      async killWorker() {
        await worker?.stop();
        worker = undefined;
      },
      async restartWorker() {
        await worker?.stop();
        worker = await start();
      },
      async evictHub(companyId, sockets, hub) {
        await worker?.evictHub(companyId, sockets, hub);
      },
      async stop() {
        await demo.stop();
        await worker?.stop();
        await services.stop();
      },
    };
  } catch (error) {
    await demo.stop();
    await worker?.stop();
    await services.stop();
    throw error;
  }
}
