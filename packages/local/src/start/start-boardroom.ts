import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { allowLogin, migrateDatabase } from "@boardroom/db/migrate";
import { LocalServiceError } from "../local-service-error.ts";
import { listenOnLoopback } from "../ports.ts";
import { startServices } from "../services.ts";
import { startDemo } from "./demo/start-demo.ts";
import { readHomeSecrets } from "./home-secrets.ts";
import { startTicking } from "./start-ticking.ts";
import { startWorker } from "./start-worker.ts";

export interface StartBoardroomOptions {
  port: number;
  home: string;
  /** Says what is being done. */
  say(line: string): void;
}

export interface RunningBoardroom {
  url: string;
  mailboxUrl: string;
  demo: { email: string; password: string };
  stop(): Promise<void>;
}

const database = "boardroom";

/** Starts the whole of Boardroom on this machine. What was started is stopped again when a later part fails. */
export async function startBoardroom({ port, home, say }: StartBoardroomOptions): Promise<RunningBoardroom> {
  await checkPort(port);
  await mkdir(home, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const secrets = await readHomeSecrets(home);
    say("Starting PostgreSQL, queue and mailbox …");
    const services = await startServices({
      home,
      queue: { token: secrets.queueToken, signingKeys: secrets.queueSigningKeys },
    });
    stops.push(() => services.stop());

    say("Preparing the database …");
    const ownerUrl = await services.postgres.createDatabase(database);
    await migrateDatabase(ownerUrl);
    await allowLogin(ownerUrl, { app: secrets.appPassword, system: secrets.systemPassword });

    const demo = await startDemo({ home, say });
    stops.push(() => demo.stop());
    say("Starting the Worker …");
    const logFile = join(home, "worker.log");
    // As wrangler.toml has them. Without an edge in front nobody's address is known, so they count keys alone.
    const rateLimits = { perKey: 1000, perAddress: 200 };
    const overrides = { DEMO_AGENT_URL: demo.agentUrl };
    const worker = await startWorker({ port, services, database, secrets, home, logFile, overrides, rateLimits });
    stops.push(() => worker.stop());
    await demo.seed(worker.url);
    stops.push(startTicking(worker));
    return { url: worker.url, mailboxUrl: services.mailbox.url, demo: demo.signIn, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Before anything is started: the one thing that is most likely in the way. */
async function checkPort(port: number): Promise<void> {
  const probe = createServer();
  try {
    await listenOnLoopback(probe, port, "Boardroom");
    await new Promise<void>((resolve) => probe.close(() => resolve()));
  } catch (error) {
    if (!(error instanceof LocalServiceError) || error.code !== "port_in_use") throw error;
    const message = `Port ${port} is already in use. Stop what uses it, or choose another one: PORT=${port + 1} npm start`;
    throw new LocalServiceError("port_in_use", message, { cause: error });
  }
}
