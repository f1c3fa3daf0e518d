import { BoardroomError } from "@boardroom/contract";
import { Cron } from "croner";

export const previewedRuns = 5;
const daysOfMonth = 30;
/** Slots that are counted one by one; beyond that the month is extrapolated. */
const countedSlots = 500;
const dayMs = 86_400_000;

/** A schedule as it is stored: five fields and an IANA time zone. */
export interface CronSchedule {
  cronExpression: string;
  timezone: string;
}

/**
 * Makes a schedule of what somebody wrote, its fields separated by single spaces.
 * A time that the clocks skip in spring fires at the first time after the gap, one that they repeat in autumn fires once;
 * what has a `*` or a step in hour or minute follows the real hours.
 * @throws BoardroomError invalid_request with a sentence about what is wrong with it
 */
export function readSchedule(cronExpression: string, timezone: string): CronSchedule {
  if (!isTimezone(timezone)) {
    throw invalid("timezone", `There is no time zone "${timezone}". Name one as Europe/Berlin or UTC.`);
  }
  const fields = cronExpression.trim().split(/\s+/);
  if (fields.length !== 5) {
    throw invalid(
      "cronExpression",
      `A schedule has five fields: minute, hour, day of month, month, day of week. This one has ${fields.length}; seconds are not among them.`,
    );
  }
  const schedule = { cronExpression: fields.join(" "), timezone };
  if (nextSlots(schedule, new Date(0), 1).length === 0) {
    throw invalid("cronExpression", "This schedule never fires: no date fits it.");
  }
  return schedule;
}

/**
 * The slots of a schedule after a moment, soonest first.
 * @throws BoardroomError invalid_request for what is no schedule
 */
export const nextSlots = (schedule: CronSchedule, after: Date, count: number): Date[] =>
  cronOf(schedule).nextRuns(count, after);

/** The same one by one, for as long as somebody asks. */
export function* eachSlot(schedule: CronSchedule, after: Date): Generator<Date> {
  const cron = cronOf(schedule);
  for (let slot = cron.nextRun(after); slot !== null; slot = cron.nextRun(slot)) yield slot;
}

/** The slots of a schedule up to and including a moment, latest first. */
export const pastSlots = (schedule: CronSchedule, until: Date, count: number): Date[] =>
  // The arithmetic looks strictly before its moment, in whole seconds.
  cronOf(schedule).previousRuns(count, new Date(until.getTime() + 1000));

/** How often it fires in the coming 30 days. */
export function slotsPerMonth(schedule: CronSchedule, after: Date): number {
  const end = after.getTime() + daysOfMonth * dayMs;
  const slots = nextSlots(schedule, after, countedSlots);
  const last = slots.at(-1);
  if (slots.length < countedSlots || !last || last.getTime() >= end) {
    return slots.filter((slot) => slot.getTime() <= end).length;
  }
  return Math.round((slots.length * (end - after.getTime())) / (last.getTime() - after.getTime()));
}

function cronOf({ cronExpression, timezone }: CronSchedule): Cron {
  try {
    return new Cron(cronExpression, { timezone, mode: "5-part", fixedTimeRule: "no-wildcard" });
  } catch (error) {
    const told = error instanceof Error ? error.message.replace(/^Cron\w+:\s*/, "") : "it can't be read";
    throw invalid("cronExpression", `This is not a schedule: ${told.slice(0, 200)}.`);
  }
}

/** Names only: an offset would not follow the clocks. */
function isTimezone(timezone: string): boolean {
  if (!/^[A-Za-z]/.test(timezone)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const invalid = (path: string, message: string) => new BoardroomError("invalid_request", message, [{ path, message }]);
