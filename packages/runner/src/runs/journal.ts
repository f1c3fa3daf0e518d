import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { writePrivateFile } from "../home/write-private-file.ts";

export const runPhases = ["claimed", "preparing", "running", "finalizing", "reporting", "done"] as const;
export type RunPhase = (typeof runPhases)[number];

const journalEntry = z.object({
  runId: z.uuid(),
  fence: z.number().int().positive(),
  /** The newest run token; good while the lease is. */
  token: z.string(),
  leaseSeconds: z.number().int().positive(),
  agentName: z.string(),
  task: z.string().nullable(),
  adapterType: z.string(),
  startedAt: z.string(),
  phase: z.enum(runPhases),
  /** Process groups that the run started, and what its processes are known by. */
  marker: z.string(),
  groups: z.array(z.object({ pgid: z.number().int().positive(), startTime: z.string().nullable() })),
  temporaryFolder: z.string().nullable(),
});
export type JournalEntry = z.infer<typeof journalEntry>;

/** What is known of a run on disk, so that whoever comes after a crash finds and tells of it. */
export interface Journal {
  entry(): JournalEntry;
  /** On disk when this returns. */
  update(change: Partial<JournalEntry>): void;
  logFile: string;
}

const fileName = "journal.json";
const logName = "log.txt";

export function openJournal(runsFolder: string, first: JournalEntry): Journal {
  const folder = join(runsFolder, first.runId);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let entry = first;
  const write = () => writePrivateFile(join(folder, fileName), JSON.stringify(entry));
  write();
  return {
    entry: () => entry,
    update(change) {
      entry = { ...entry, ...change };
      write();
    },
    logFile: join(folder, logName),
  };
}

/** Of one run, or null when there is none that can be read. */
export function readJournal(runsFolder: string, runId: string): JournalEntry | null {
  try {
    return journalEntry.parse(JSON.parse(readFileSync(join(runsFolder, runId, fileName), "utf8")));
  } catch {
    return null;
  }
}

/** All that are known, the oldest first. */
export const listJournals = (runsFolder: string): JournalEntry[] =>
  listRuns(runsFolder)
    .flatMap((runId) => readJournal(runsFolder, runId) ?? [])
    .sort((one, other) => one.startedAt.localeCompare(other.startedAt));

export const logFileOf = (runsFolder: string, runId: string): string => join(runsFolder, runId, logName);

/** How much of what is over stays to be looked at. */
const keptRuns = 20;
const keptBytes = 200 * 1024 * 1024;

/** Removes the oldest of the runs that are over. */
export function pruneRuns(runsFolder: string): void {
  const over = listJournals(runsFolder).filter(({ phase }) => phase === "done");
  let bytes = 0;
  for (const [index, { runId }] of over.reverse().entries()) {
    bytes += sizeOf(logFileOf(runsFolder, runId));
    if (index >= keptRuns || bytes > keptBytes) rmSync(join(runsFolder, runId), { recursive: true, force: true });
  }
}

function listRuns(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
