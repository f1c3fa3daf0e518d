import { operations } from "@boardroom/contract";
import { InvalidForm, parseForm } from "./act.ts";
import { invalidField } from "./failure.ts";
import { readChecked, readInteger, readMoney, readText } from "./read.ts";

const shortestSec = 60;
const longestSec = 30 * 86_400;

/** A timer's interval in seconds out of its number and unit. */
export function readInterval(form: FormData): number {
  const seconds = readInteger(form, "intervalSec") * Number(readText(form, "intervalUnit") || 1);
  if (seconds >= shortestSec && seconds <= longestSec) return seconds;
  throw new InvalidForm(invalidField(form, "intervalSec", "From 1 minute to 30 days."));
}

/** When an agent wakes and how much it may run, checked. */
export function readScheduleForm(form: FormData) {
  const heartbeat = {
    enabled: readChecked(form, "enabled"),
    intervalSec: readInterval(form),
    wakeOnDemand: readChecked(form, "wakeOnDemand"),
    maxConcurrentRuns: readInteger(form, "maxConcurrentRuns"),
    timeoutSec: readMinutes(form, "timeoutSec"),
    maxRunsPerDay: readText(form, "maxRunsPerDay") === "" ? null : readInteger(form, "maxRunsPerDay"),
    maxCostPerDayCents: readMoney(form, "maxCostPerDayCents"),
  };
  return parseForm(operations["agents.update"].body, { runtimeConfig: { heartbeat } }, form);
}

function readMinutes(form: FormData, name: string): number {
  const minutes = readInteger(form, name);
  if (minutes >= 1 && minutes <= 1440) return minutes * 60;
  throw new InvalidForm(invalidField(form, name, "From 1 minute to 24 hours, which are 1440 minutes."));
}
