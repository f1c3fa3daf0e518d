import { rmSync, statSync } from "node:fs";
import { createLogAppender } from "../logs/append-log.ts";
import { createLogSender } from "../logs/log-sender.ts";
import { endGroup, endMarked } from "../processes/process-groups.ts";
import type { RunnerParts } from "../runner-parts.ts";
import { type JournalEntry, listJournals, logFileOf, openJournal } from "./journal.ts";
import { createReporter } from "./report-run.ts";

export interface Recovered {
  /** Runs whose end lies in the outbox; they are being told of. */
  reporting: { runId: string; fence: number; done: Promise<void> }[];
  /** Runs that nobody does any more. */
  interrupted: { runId: string; fence: number; reason: string }[];
  /** To be called once the server knows of the interrupted ones. */
  forgetInterrupted(): void;
}

/** Looks after what a crash left behind: ends its processes, and tells of what was done and what wasn't. */
export async function recoverRuns(parts: RunnerParts): Promise<Recovered> {
  const open = listJournals(parts.home.runs).filter(({ phase }) => phase !== "done");
  await Promise.all(open.map((entry) => endProcesses(entry)));
  const ended = open.filter(({ runId }) => parts.outbox.hasEnd(runId));
  const interrupted = open.filter(({ runId }) => !parts.outbox.hasEnd(runId));
  for (const runId of parts.outbox.runs()) if (!ended.some((entry) => entry.runId === runId)) parts.outbox.drop(runId);
  return {
    reporting: ended.map((entry) => ({ runId: entry.runId, fence: entry.fence, done: reportAgain(parts, entry) })),
    interrupted: interrupted.map(({ runId, fence, phase }) => ({
      runId,
      fence,
      reason: `The runner ended while the run was ${words[phase]}, and started again.`,
    })),
    forgetInterrupted() {
      for (const entry of interrupted) close(parts, entry);
    },
  };
}

const words: Record<JournalEntry["phase"], string> = {
  claimed: "about to start",
  preparing: "making its folder ready",
  running: "under way",
  finalizing: "collecting its changes",
  reporting: "telling its result",
  done: "over",
};

async function endProcesses({ groups, marker, temporaryFolder }: JournalEntry): Promise<void> {
  // Nobody listens to them any more; a short grace lets them put down what they hold.
  await Promise.all(groups.map((group) => endGroup(group, marker, 1000)));
  await endMarked(marker);
  if (temporaryFolder !== null) rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
}

/** Takes the lease up again if it is still ours, and sends the rest of the log and the end. */
async function reportAgain(parts: RunnerParts, entry: JournalEntry): Promise<void> {
  const { runId, fence, token, leaseSeconds } = entry;
  const losing = new AbortController();
  const lease = parts.leases.hold(
    { runId, fence, token, leaseSeconds },
    { renewed: () => undefined, lost: () => losing.abort() },
  );
  const file = logFileOf(parts.home.runs, runId);
  const sender = createLogSender({
    file,
    length: sizeOf(file),
    send: createLogAppender(parts, lease),
  });
  losing.signal.addEventListener("abort", () => sender.stop(), { once: true });
  const { isOurs } = await lease.first;
  if (isOurs) await createReporter(parts, lease, sender, losing.signal).finish();
  sender.stop();
  lease.release();
  close(parts, entry);
}

function close({ home, outbox }: RunnerParts, entry: JournalEntry): void {
  outbox.drop(entry.runId);
  openJournal(home.runs, { ...entry, phase: "done", token: "", groups: [], temporaryFolder: null });
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
