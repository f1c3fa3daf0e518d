import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { LocalServiceError } from "../local-service-error.ts";
import { explainPostgresFailure } from "./explain-failure.ts";
import { type PostgresAccount, spawnAs } from "./postgres-account.ts";

export const OWNER = "postgres";
const PASSWORD_FILE = "owner-password";
const run = promisify(execFile);

export interface NewDataFolder {
  initdb: string;
  account: PostgresAccount;
  /** The data folder of a server that stopped in order: a new one begins as its copy. */
  template?: string | undefined;
}

/** Makes the data folder unless it is there, and returns the owner's password, which is kept inside it. */
export async function initDataFolder(dataDir: string, how: NewDataFolder): Promise<string> {
  if (await isEmpty(dataDir)) await makeDataFolder(dataDir, how);
  try {
    await readFile(join(dataDir, "PG_VERSION"));
    return (await readFile(join(dataDir, PASSWORD_FILE), "utf8")).trim();
  } catch (cause) {
    const denied = cause instanceof Error && "code" in cause && cause.code === "EACCES";
    if (denied)
      throw new LocalServiceError("data_folder_denied", `PostgreSQL: no permission to use ${dataDir}.`, { cause });
    const message = `PostgreSQL: ${dataDir} is not a complete data folder; move it away to start with a new one.`;
    throw new LocalServiceError("data_folder_broken", message, { cause });
  }
}

async function isEmpty(dataDir: string): Promise<boolean> {
  try {
    return (await readdir(dataDir)).length === 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return true;
    throw explainPostgresFailure(String(error instanceof Error ? error.message : error), dataDir, 0);
  }
}

/** Built beside its place and renamed when whole, so that an interrupted start never leaves half a folder. */
async function makeDataFolder(dataDir: string, how: NewDataFolder): Promise<void> {
  const parent = dirname(dataDir);
  const prefix = `${basename(dataDir)}.new-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
  const draft = join(parent, prefix + randomBytes(4).toString("hex"));
  try {
    if (how.template) await run("cp", ["-Rp", how.template, draft]);
    else await initialize(draft, how);
    await rm(dataDir, { recursive: true, force: true });
    await rename(draft, dataDir);
  } catch (error) {
    throw explainPostgresFailure(error instanceof Error ? error.message : String(error), dataDir, 0);
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(`${draft}.password`, { force: true });
  }
}

async function initialize(draft: string, { initdb, account }: NewDataFolder): Promise<void> {
  await mkdir(draft, { mode: 0o700 });
  const password = randomBytes(18).toString("base64url");
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.ids) await giveTo(account.ids, [draft, passwordFile]);
  await runInitdb(initdb, draft, passwordFile, account);
  await rename(passwordFile, join(draft, PASSWORD_FILE));
}

async function giveTo(ids: { uid: number; gid: number }, paths: string[]): Promise<void> {
  for (const path of paths) await chown(path, ids.uid, ids.gid);
}

async function runInitdb(initdb: string, dir: string, passwordFile: string, account: PostgresAccount): Promise<void> {
  // The built-in locale sorts and folds the same on every machine, and as Neon's default does.
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const args = [
    `--pgdata=${dir}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    ...locale,
  ];
  const child = spawnAs(account, initdb, args, { stdio: ["ignore", "ignore", "pipe"] });
  let output = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  if (code !== 0) throw new Error(output);
}
