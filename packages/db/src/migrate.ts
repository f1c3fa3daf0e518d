import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";

/** Where the migrations lie. */
export const migrationsFolder = new URL("../migrations", import.meta.url).pathname;

/**
 * Brings a database to the newest schema; run as its owner. Safe to run again and by several at once.
 * @param ownerUrl connection string of the owner, over TCP
 */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    await client.query("select pg_advisory_lock(727001)");
    await migrate(drizzle(client), { migrationsFolder });
  });
}

/** Lets the two roles log in. Hosted databases set these passwords once; locally every start does. */
export async function allowLogin(ownerUrl: string, passwords: { app: string; system: string }): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    await client.query("select pg_advisory_lock(727001)");
    await client.query(`alter role boardroom_app login password ${client.escapeLiteral(passwords.app)}`);
    await client.query(`alter role boardroom_system login password ${client.escapeLiteral(passwords.system)}`);
  });
}

async function asOwner(ownerUrl: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
