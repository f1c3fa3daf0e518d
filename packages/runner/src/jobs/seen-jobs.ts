import { existsSync, readFileSync } from "node:fs";
import * as z from "zod";
import { writePrivateFile } from "../home/write-private-file.ts";

/** Remembers jobs over restarts for as long as they could be shown again. */
export interface SeenJobs {
  /** @returns false for one that was added before */
  add(jti: string, forgetAtMs: number): boolean;
}

const stored = z.array(z.tuple([z.string(), z.number()]));

export function openSeenJobs(file: string, now: () => number): SeenJobs {
  const seen = new Map(readSeen(file));
  return {
    add(jti, forgetAtMs) {
      if (seen.has(jti)) return false;
      for (const [old, forgetAt] of seen) if (forgetAt < now()) seen.delete(old);
      seen.set(jti, forgetAtMs);
      writePrivateFile(file, JSON.stringify([...seen]));
      return true;
    },
  };
}

function readSeen(file: string): [string, number][] {
  if (!existsSync(file)) return [];
  try {
    return stored.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    // Damaged: jobs are short-lived, and what ran under a lease can't run again under it.
    return [];
  }
}
