import type { Routine } from "@boardroom/contract";
import { type CronSchedule, eachSlot, nextSlots, pastSlots } from "./cron.ts";
import { maxCatchUp, maxCountedSlots, missedAfterSeconds, punctualSeconds } from "./limits.ts";

export interface PendingSlots {
  schedule: CronSchedule;
  /** The next slot, or the moment after which to look for it. */
  from: Date;
  isSlot: boolean;
  catchUpPolicy: Routine["catchUpPolicy"];
  now: Date;
}

export interface SlotPlan {
  /** Slots to fire, oldest first. */
  fire: Date[];
  /** Slots that nobody fired in time and nobody will: the first of them, and how many are counted. */
  missed: { first: Date; count: number } | null;
  /** The first slot that is still to come; null when there is none. */
  next: Date | null;
}

/** What a trigger has to do now. Pure: the clock comes in, the same moment gives the same plan. */
export function planSlots({ schedule, from, isSlot, catchUpPolicy, now }: PendingSlots): SlotPlan {
  const until = new Date(now.getTime() + punctualSeconds * 1000);
  const [first = null] = isSlot ? [from] : nextSlots(schedule, from, 1);
  if (first === null || first > until) return { fire: [], missed: null, next: first };
  const next = nextSlots(schedule, until, 1)[0] ?? null;
  const latest = pastSlots(schedule, until, maxCatchUp + 1)
    .filter((slot) => slot >= first)
    .reverse();
  // A slot of a schedule that has changed since would be none of its own; it is due all the same.
  const due = latest.length > 0 ? latest : [first];
  const latestDue = due.slice(-1).filter((slot) => now.getTime() - slot.getTime() <= missedAfterSeconds * 1000);
  const before = due.slice(0, due.length - latestDue.length);
  const fire = [...(catchUpPolicy === "skip_missed" ? [] : before.slice(-maxCatchUp)), ...latestDue];
  return { fire, missed: countMissed(schedule, first, fire[0] ?? next, until), next };
}

/** The slots from the first one due to the first one that fires. */
function countMissed(schedule: CronSchedule, first: Date, end: Date | null, until: Date): SlotPlan["missed"] {
  const isPassedOver = (slot: Date) => slot <= until && (end === null || slot < end);
  if (!isPassedOver(first)) return null;
  let count = 1;
  for (const slot of eachSlot(schedule, first)) {
    if (!isPassedOver(slot) || count === maxCountedSlots) break;
    count += 1;
  }
  return { first, count };
}
