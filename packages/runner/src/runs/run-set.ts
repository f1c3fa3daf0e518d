import type { RunJob } from "@boardroom/contract";
import { messageOf } from "../api/judge-error.ts";
import { endGroup } from "../processes/process-groups.ts";
import type { RunnerParts } from "../runner-parts.ts";
import type { ActiveRun, StopReason } from "./active-run.ts";
import { executeRun } from "./execute-run.ts";
import { pruneRuns } from "./journal.ts";
import { openRun } from "./open-run.ts";

/** The runs that a runner is at. */
export interface RunSet {
  active: ReadonlyMap<string, ActiveRun>;
  /** @param onEnd gets the status that the run ended with; null when it was lost */
  start(job: RunJob, onEnd?: (status: string | null) => void): void;
  /** Waits for something else, too, before it is idle. */
  track(work: Promise<void>): void;
  stopAll(reason: StopReason, note?: string): void;
  /** Ends every process at once, without a grace. */
  killAll(): Promise<void>;
  isIdle(): boolean;
  /** Resolves when nothing is done any more of what is being done now. */
  settled(): Promise<unknown>;
  /** Calls the listener whenever something ended. */
  onFreed(listener: () => void): void;
}

export function createRunSet(parts: RunnerParts): RunSet {
  const active = new Map<string, ActiveRun>();
  const working = new Set<Promise<void>>();
  let tellFreed: () => void = () => undefined;
  const track = (work: Promise<void>) => {
    const tracked = work
      .catch((error: unknown) => parts.say(`What a run left could not be finished: ${messageOf(error)}`))
      .finally(() => {
        working.delete(tracked);
        tellFreed();
      });
    working.add(tracked);
  };
  return {
    active,
    track,
    start(job, onEnd) {
      const { run, agent, task } = job;
      if (active.has(run.id)) return;
      parts.say(`${run.id} ${agent.name}${task ? ` on ${task.identifier}: ${task.title}` : ""}`);
      const opened = openRun(parts, job);
      active.set(run.id, opened);
      const ended = executeRun(parts, opened).then((status) => {
        onEnd?.(status);
        active.delete(run.id);
        pruneRuns(parts.home.runs);
      });
      track(ended);
    },
    stopAll(reason, note) {
      for (const run of active.values()) run.stop(reason, note);
    },
    async killAll() {
      const entries = [...active.values()].map(({ journal }) => journal.entry());
      await Promise.all(entries.flatMap(({ groups, marker }) => groups.map((group) => endGroup(group, marker, 0))));
    },
    isIdle: () => working.size === 0,
    settled: () => Promise.all(working),
    onFreed(listener) {
      tellFreed = listener;
    },
  };
}
