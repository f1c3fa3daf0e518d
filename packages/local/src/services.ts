import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LocalMailbox, startMailbox } from "./mailbox/start-mailbox.ts";
import { type NeonEndpoint, startNeonEndpoint } from "./neon-endpoint/start-neon-endpoint.ts";
import { type LocalPostgres, type StartPostgresOptions, startPostgres } from "./postgres/start-postgres.ts";
import { type LocalQueue, type StartQueueOptions, startQueue } from "./queue/start-queue.ts";

export interface LocalServices {
  postgres: LocalPostgres;
  neon: NeonEndpoint;
  queue: LocalQueue;
  mailbox: LocalMailbox;
  /** Stops all in reverse order; a second call waits for the first. */
  stop(): Promise<void>;
}

export interface StartServicesOptions {
  /** Where everything is kept; a temporary folder, removed by `stop()`, when left out. */
  home?: string;
  /** Free ports where left out. */
  ports?: { postgres?: number; neon?: number; queue?: number; mailbox?: number };
  postgres?: Pick<StartPostgresOptions, "template" | "isDurable">;
  queue?: Pick<StartQueueOptions, "timeScale" | "held" | "token" | "signingKeys" | "clock">;
  /** Seed of all random faults. */
  seed?: number;
  log?: (line: string) => void;
}

/** Boots the local services together; when one fails, those already running are stopped and its error is thrown. */
export async function startServices(options: StartServicesOptions = {}): Promise<LocalServices> {
  const { ports = {}, seed, log } = options;
  const home = options.home ?? (await mkdtemp(join(tmpdir(), "boardroom-")));
  const starts = await Promise.allSettled([
    startPostgres({ ...options.postgres, dataDir: join(home, "postgres"), port: ports.postgres, log }),
    startNeonEndpoint({ port: ports.neon, seed }),
    startQueue({ ...options.queue, port: ports.queue, dir: join(home, "queue"), seed }),
    startMailbox({ port: ports.mailbox, dir: join(home, "mailbox") }),
  ]);
  const stopAll = async () => {
    try {
      for (const start of starts.toReversed()) if (start.status === "fulfilled") await start.value.stop();
    } finally {
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
    }
  };
  const [postgres, neon, queue, mailbox] = starts;
  const failed = starts.find((start) => start.status === "rejected");
  if (
    postgres.status === "rejected" ||
    neon.status === "rejected" ||
    queue.status === "rejected" ||
    mailbox.status === "rejected"
  ) {
    await stopAll();
    throw failed?.reason;
  }
  let stopping: Promise<void> | undefined;
  return {
    postgres: postgres.value,
    neon: neon.value,
    queue: queue.value,
    mailbox: mailbox.value,
    stop: () => {
      stopping ??= stopAll();
      return stopping;
    },
  };
}
