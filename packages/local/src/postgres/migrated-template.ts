import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { allowLogin, migrateDatabase, migrationsFolder } from "@boardroom/db/migrate";
import { findPostgresBinaries } from "./postgres-binaries.ts";
import { startPostgres } from "./start-postgres.ts";

/** The migrated database of the template. */
export const MIGRATED = "boardroom";
/** What its two roles log in with. */
export const MIGRATED_PASSWORDS = { app: "app-password", system: "system-password" };

const oldMs = 24 * 3_600_000;

/**
 * A data folder with a migrated database in it, for tests to start copies of: made once per user and schema, which takes two
 * seconds, and copied in a tenth of one.
 * @example startPostgres({ dataDir, ...(await migratedTemplate()) })
 */
export async function migratedTemplate(): Promise<{ template: string; isDurable: false }> {
  const user = process.getuid?.() ?? 0;
  const family = `boardroom-postgres-${user}-`;
  const folder = join(tmpdir(), `${family}${await hashOfSchema()}`);
  if (!existsSync(folder)) await make(folder, family);
  if (statSync(folder).uid !== user) throw new Error(`${folder} belongs to somebody else`);
  return { template: join(folder, "data"), isDurable: false };
}

async function hashOfSchema(): Promise<string> {
  const migrations = (await readdir(migrationsFolder)).filter((name) => name.endsWith(".sql")).toSorted();
  const files = [
    ...migrations.map((name) => join(migrationsFolder, name)),
    join(migrationsFolder, "meta", "_journal.json"),
    fileURLToPath(new URL("init-data-folder.ts", import.meta.url)),
  ];
  const hash = createHash("sha256").update((await findPostgresBinaries()).postgres);
  for (const file of files) hash.update(await readFile(file));
  return hash.digest("hex").slice(0, 16);
}

async function make(folder: string, family: string): Promise<void> {
  const unfinished = await mkdtemp(`${folder}-`);
  const postgres = await startPostgres({ dataDir: join(unfinished, "data"), isDurable: false });
  try {
    const ownerUrl = await postgres.createDatabase(MIGRATED);
    await migrateDatabase(ownerUrl);
    await allowLogin(ownerUrl, MIGRATED_PASSWORDS);
  } finally {
    await postgres.stop();
  }
  // Renaming is all or nothing: nobody ever copies half a folder. Whoever comes second keeps the first one's.
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
  await removeOld(dirname(folder), family, basename(folder));
}

/** Each schema leaves one behind. */
async function removeOld(parent: string, family: string, current: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(family) || name === current) continue;
    const found = await stat(join(parent, name)).catch(() => undefined);
    if (found && found.mtimeMs < Date.now() - oldMs) await rm(join(parent, name), { recursive: true, force: true });
  }
}
