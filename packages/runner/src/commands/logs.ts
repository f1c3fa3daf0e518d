import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { localAdapters } from "@boardroom/adapters/local";
import { loadAdapters } from "../adapters/load-adapters.ts";
import type { CommandLine } from "../cli/options.ts";
import { say } from "../cli/say.ts";
import { pause } from "../connection/backoff.ts";
import { findHome, type RunnerHome, runnerRoot } from "../home/runner-home.ts";
import { readPolicy } from "../policy/load-policy.ts";
import { createLineReader } from "../processes/line-reader.ts";
import { RunnerError } from "../runner-error.ts";
import { type JournalEntry, listJournals, logFileOf, readJournal } from "../runs/journal.ts";

const followMs = 300;

/** Shows what a run wrote, as its agent's own terminal would. */
export async function logsCommand(line: CommandLine): Promise<number> {
  const home = findHome(runnerRoot(line.home), line.company);
  const entry = findRun(home, line.args[0]);
  const format = await formatterOf(home, entry, line.debug);
  const lines = createLineReader((each) => {
    const shown = format(each);
    if (shown !== null) say(shown);
  });
  const file = logFileOf(home.runs, entry.runId);
  const decoder = new TextDecoder();
  const buffer = Buffer.alloc(64 * 1024);
  for (let offset = 0; ; ) {
    const isOver = readJournal(home.runs, entry.runId)?.phase === "done";
    for (let count = readAt(file, buffer, offset); count > 0; count = readAt(file, buffer, offset)) {
      lines.push(decoder.decode(buffer.subarray(0, count), { stream: true }));
      offset += count;
    }
    if (isOver || !line.follow) break;
    await pause(followMs);
  }
  lines.end();
  return 0;
}

function findRun(home: RunnerHome, wanted: string | undefined): JournalEntry {
  const all = listJournals(home.runs);
  const entry = wanted === undefined ? all.at(-1) : all.find(({ runId }) => runId.startsWith(wanted));
  if (entry) return entry;
  throw new RunnerError(
    "usage",
    wanted === undefined ? "No run was done here yet." : `No run ${wanted} is known here.`,
  );
}

async function formatterOf(home: RunnerHome, { adapterType }: JournalEntry, debug: boolean) {
  const own = localAdapters.find(({ definition }) => definition.type === adapterType);
  const adapter = own ?? (await loadAdapters(readPolicy(home), home.folder)).find(adapterType);
  const options = { debug, color: process.stdout.isTTY === true && !process.env.NO_COLOR };
  return (line: string) => (adapter ? adapter.formatEvent(line, options) : line);
}

function readAt(file: string, buffer: Buffer, offset: number): number {
  if (!existsSync(file)) return 0;
  const handle = openSync(file, "r");
  try {
    return readSync(handle, buffer, 0, buffer.length, offset);
  } finally {
    closeSync(handle);
  }
}
