import { type ChildProcess, execFile, type SpawnOptions, spawn } from "node:child_process";
import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { promisify } from "node:util";
import { LocalServiceError } from "../local-service-error.ts";
import { explainPostgresFailure } from "./explain-failure.ts";

const run = promisify(execFile);

/** Who the server runs as. No ids mean: as the person who started us. */
export interface PostgresAccount {
  ids?: { uid: number; gid: number };
  /** Words put before each program, needed when the account can't enter a parent folder. */
  wrapper: string[];
}

/** Starts one of PostgreSQL's programs as that account. */
export function spawnAs(
  account: PostgresAccount,
  program: string,
  args: string[],
  options: SpawnOptions,
): ChildProcess {
  const [command = program, ...rest] = [...account.wrapper, program, ...args];
  const ids = account.wrapper.length === 0 ? account.ids : undefined;
  return spawn(command, rest, { ...options, ...ids, cwd: dirname(program) });
}

/** PostgreSQL refuses to run as root, so root hands it to the `postgres` account, created when there is none. */
export async function choosePostgresAccount(dataDir: string, binary: string): Promise<PostgresAccount> {
  await mkdir(dirname(dataDir), { recursive: true }).catch((error: Error) => {
    throw explainPostgresFailure(error.message, dataDir, 0);
  });
  if (process.getuid?.() !== 0) return { wrapper: [] };

  const ids = (await findFolderOwner(dataDir)) ?? (await findAccount("postgres")) ?? (await createAccount());
  const open = (await canEnter(dirname(dataDir), ids)) && (await canEnter(dirname(binary), ids));
  if (open) return { ids, wrapper: [] };

  // A checkout below /root (mode 0700), say: the server keeps one capability that lets it pass folders, and stays unprivileged.
  const wrapper = ["setpriv", `--reuid=${ids.uid}`, `--regid=${ids.gid}`, "--clear-groups"];
  wrapper.push("--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override");
  const works = await run(wrapper[0] ?? "", [...wrapper.slice(1), binary, "--version"]).catch(() => undefined);
  if (works) return { ids, wrapper };
  throw new LocalServiceError(
    "data_folder_denied",
    `PostgreSQL can't run as root, and its account can't enter ${dirname(dataDir)}: use a folder that others may enter.`,
  );
}

async function findFolderOwner(dataDir: string): Promise<{ uid: number; gid: number } | undefined> {
  const found = await stat(dataDir).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

async function findAccount(name: string): Promise<{ uid: number; gid: number } | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createAccount(): Promise<{ uid: number; gid: number }> {
  await run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]).catch(() => undefined);
  const made = (await findAccount("postgres")) ?? (await findAccount("nobody"));
  if (made) return made;
  throw new LocalServiceError("start_failed", "PostgreSQL can't run as root, and no account could be created for it.");
}

async function canEnter(folder: string, ids: { uid: number; gid: number }): Promise<boolean> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const { mode, uid, gid } = await stat(path);
    const bit = uid === ids.uid ? 0o100 : gid === ids.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
