import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPostgres } from "@boardroom/local";
import { MIGRATED, MIGRATED_PASSWORDS, migratedTemplate } from "@boardroom/local/migrated";
import pg from "pg";
import { afterAll, beforeAll } from "vitest";

/** A migrated PostgreSQL with a connection of the owner and one of the Worker's role, for the tests of one file. */
export function useMigratedDatabase(): { readonly owner: pg.Client; readonly app: pg.Client } {
  let running: { owner: pg.Client; app: pg.Client; stop(): Promise<void> } | undefined;
  beforeAll(async () => {
    running = await start();
  }, 60_000);
  afterAll(() => running?.stop());
  const current = () => {
    if (!running) throw new Error("The database runs only while tests do.");
    return running;
  };
  return {
    get owner() {
      return current().owner;
    },
    get app() {
      return current().app;
    },
  };
}

async function start() {
  const home = await mkdtemp(join(tmpdir(), "boardroom-db-"));
  const postgres = await startPostgres({ dataDir: join(home, "pg"), ...(await migratedTemplate()) });
  const owner = new pg.Client(postgres.url(MIGRATED));
  const app = new pg.Client(postgres.url(MIGRATED, { user: "boardroom_app", password: MIGRATED_PASSWORDS.app }));
  await Promise.all([owner.connect(), app.connect()]);
  return {
    owner,
    app,
    stop: async () => {
      await Promise.all([owner.end(), app.end()]);
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}
