import { setTimeout as sleep } from "node:timers/promises";
import type { DispatchedRun } from "@boardroom/domain";

export interface QueueFaults {
  /** Shares of messages that never come, come twice, or come late. */
  dropped: number;
  repeated: number;
  late: number;
}

export interface MisbehavingQueue {
  push(runs: readonly DispatchedRun[]): void;
  /** Messages that were neither delivered nor dropped yet. */
  pending(): number;
  counts: { dropped: number; repeated: number; late: number; delivered: number };
  /** From now on it is an honest queue. */
  behave(): void;
}

const longestDelayMs = 40;

/** A queue of runs that loses, repeats and reorders messages by chance, and hands out so many at a time. */
export function createMisbehavingQueue(options: {
  faults: QueueFaults;
  random: () => number;
  atOnce: number;
  deliver: (run: DispatchedRun) => Promise<void>;
}): MisbehavingQueue {
  const { random, atOnce, deliver } = options;
  let { faults } = options;
  const ready: DispatchedRun[] = [];
  let [busy, late] = [0, 0];
  const counts = { dropped: 0, repeated: 0, late: 0, delivered: 0 };

  const work = async () => {
    busy += 1;
    for (let run = ready.shift(); run; run = ready.shift()) {
      counts.delivered += 1;
      await deliver(run);
    }
    busy -= 1;
  };
  const add = (run: DispatchedRun) => {
    // Out of order: some overtake all that wait.
    if (random() < faults.late) ready.unshift(run);
    else ready.push(run);
    if (busy < atOnce) void work();
  };
  const addLate = async (run: DispatchedRun) => {
    late += 1;
    await sleep(random() * longestDelayMs);
    late -= 1;
    add(run);
  };
  return {
    counts,
    pending: () => ready.length + busy + late,
    behave: () => {
      faults = { dropped: 0, repeated: 0, late: 0 };
    },
    push(runs) {
      for (const run of runs) {
        if (random() < faults.dropped) {
          counts.dropped += 1;
          continue;
        }
        if (random() < faults.repeated) {
          counts.repeated += 1;
          void addLate(run);
        }
        if (random() < faults.late) {
          counts.late += 1;
          void addLate(run);
        } else add(run);
      }
    },
  };
}
