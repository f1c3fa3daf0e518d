import pg from "pg";

/** Makes a database unless it is there. Whoever is still connected to the template is sent away first. */
export async function createDatabase(ownerUrl: string, name: string, template?: string): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    const found = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (found.rowCount) return;
    if (template === undefined) {
      await client.query(`create database ${pg.escapeIdentifier(name)}`);
      return;
    }
    await client.query("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1", [template]);
    await client.query(`create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`);
  });
}

export async function dropDatabase(ownerUrl: string, name: string): Promise<void> {
  await asOwner(ownerUrl, async (client) => {
    await client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
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
