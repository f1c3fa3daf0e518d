import { expect, it } from "vitest";
import { InvalidForm } from "./act.ts";
import { readScheduleForm } from "./schedule-form.ts";

const filled = {
  enabled: "on",
  intervalSec: "30",
  intervalUnit: "60",
  wakeOnDemand: "on",
  maxConcurrentRuns: "2",
  timeoutSec: "45",
  maxRunsPerDay: "",
  maxCostPerDayCents: "12.50",
};

function formOf(change: Partial<typeof filled> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...filled, ...change })) form.set(name, value);
  return form;
}

function fieldsOf(change: Partial<typeof filled>): Record<string, string> {
  try {
    readScheduleForm(formOf(change));
  } catch (error) {
    if (error instanceof InvalidForm) return error.failure.fields;
    throw error;
  }
  return {};
}

it("reads minutes as seconds, dollars as cents and an empty cap as none", () => {
  expect(readScheduleForm(formOf()).runtimeConfig?.heartbeat).toEqual({
    enabled: true,
    intervalSec: 1800,
    wakeOnDemand: true,
    maxConcurrentRuns: 2,
    timeoutSec: 2700,
    maxRunsPerDay: null,
    maxCostPerDayCents: 1250,
  });
});

it("says at the field what the contract doesn't allow", () => {
  expect(fieldsOf({ intervalSec: "31", intervalUnit: "86400" })).toEqual({ intervalSec: "From 1 minute to 30 days." });
  expect(fieldsOf({ maxConcurrentRuns: "11" })).toEqual({ maxConcurrentRuns: "At most 10." });
  expect(fieldsOf({ maxRunsPerDay: "0" })).toEqual({ maxRunsPerDay: "At least 1." });
  expect(fieldsOf({ timeoutSec: "1441" })).toHaveProperty("timeoutSec");
  expect(fieldsOf({ maxCostPerDayCents: "lots" })).toHaveProperty("maxCostPerDayCents");
});
