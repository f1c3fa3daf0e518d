import { describe, expect, it } from "vitest";
import { nextSlots } from "./cron.ts";
import { type PendingSlots, planSlots } from "./plan-slots.ts";

const quarterly = { cronExpression: "*/15 * * * *", timezone: "UTC" };
const at = (time: string) => new Date(`2027-05-03T${time}Z`);

/** What is to be done, in short: times of the day. */
function planned(given: Partial<PendingSlots> & { from: Date; now: Date }) {
  const plan = planSlots({ schedule: quarterly, isSlot: true, catchUpPolicy: "skip_missed", ...given });
  const short = (slot: Date) => slot.toISOString().slice(11, 16);
  const { missed, next } = plan;
  return {
    fire: plan.fire.map(short),
    missed: missed && [short(missed.first), missed.count],
    next: next && short(next),
  };
}

describe("a slot that is due", () => {
  it.each([
    ["on the second", "12:00:00"],
    ["half a second early, as a tick may be", "11:59:59.500"],
    ["a whole tick late", "12:01:00"],
    ["five minutes late, as on a busy one", "12:05:00"],
  ])("fires %s", (_, now) => {
    expect(planned({ from: at("12:00:00"), now: at(now) })).toEqual({ fire: ["12:00"], missed: null, next: "12:15" });
  });

  it("doesn't fire before its second", () => {
    expect(planned({ from: at("12:00:00"), now: at("11:59:58") })).toEqual({ fire: [], missed: null, next: "12:00" });
  });
});

describe("a trigger that is only told from when to look", () => {
  it("is set to the first slot after that moment", () => {
    const plan = planned({ from: at("12:00:00"), isSlot: false, now: at("12:00:30") });
    expect(plan).toEqual({ fire: [], missed: null, next: "12:15" });
  });
  it("fires that slot when it is there already", () => {
    const plan = planned({ from: at("11:59:50"), isSlot: false, now: at("12:00:10") });
    expect(plan).toEqual({ fire: ["12:00"], missed: null, next: "12:15" });
  });
});

describe("after an outage", () => {
  it("skip_missed fires nothing of the past, and counts it", () => {
    const plan = planned({ from: at("10:00:00"), now: at("12:05:01") });
    expect(plan).toEqual({ fire: [], missed: ["10:00", 9], next: "12:15" });
  });
  it("skip_missed still fires the slot that is due now", () => {
    const plan = planned({ from: at("10:00:00"), now: at("12:00:20") });
    expect(plan).toEqual({ fire: ["12:00"], missed: ["10:00", 8], next: "12:15" });
  });
  it("skip_missed fires one of several that are merely late: the latest", () => {
    const schedule = { cronExpression: "* * * * *", timezone: "UTC" };
    const plan = planned({ schedule, from: at("12:00:00"), now: at("12:03:20") });
    expect(plan).toEqual({ fire: ["12:03"], missed: ["12:00", 3], next: "12:04" });
  });
  it("enqueue_missed_with_cap fires the five latest, oldest first, and counts the rest", () => {
    const plan = planned({ from: at("10:00:00"), now: at("12:05:01"), catchUpPolicy: "enqueue_missed_with_cap" });
    expect(plan).toEqual({ fire: ["11:00", "11:15", "11:30", "11:45", "12:00"], missed: ["10:00", 4], next: "12:15" });
  });
  it("enqueue_missed_with_cap fires all where there are no more than five, and the one that is due now besides", () => {
    const given = { from: at("11:00:00"), catchUpPolicy: "enqueue_missed_with_cap" } as const;
    const all = ["11:00", "11:15", "11:30", "11:45"];
    expect(planned({ ...given, now: at("11:51:00") })).toEqual({ fire: all, missed: null, next: "12:00" });
    const six = ["10:45", ...all, "12:00"];
    const plan = planned({ ...given, from: at("10:45:00"), now: at("12:00:10") });
    expect(plan).toEqual({ fire: six, missed: null, next: "12:15" });
  });
  it("counts a long outage up to a thousand slots", () => {
    const schedule = { cronExpression: "* * * * *", timezone: "UTC" };
    const { missed, fire } = planSlots({
      schedule,
      from: at("10:00:00"),
      isSlot: true,
      catchUpPolicy: "skip_missed",
      now: new Date("2027-06-03T10:00:30Z"),
    });
    expect(missed).toEqual({ first: at("10:00:00"), count: 1000 });
    expect(fire.map((slot) => slot.toISOString().slice(11, 16))).toEqual(["10:00"]);
  });
});

it("over a whole year of late ticks with outages no slot fires twice and none is left without a fire or an entry", () => {
  const schedule = { cronExpression: "7 */3 * * *", timezone: "Europe/Berlin" };
  for (const catchUpPolicy of ["skip_missed", "enqueue_missed_with_cap"] as const) {
    const start = new Date("2027-01-01T00:00:00Z");
    let now = start;
    let pending = { from: start, isSlot: false };
    const fired: string[] = [];
    let missed = 0;
    // Mostly a minute late at most, sometimes by up to three days, from a fixed row of numbers.
    for (let seed = 7; now < new Date("2028-01-01T00:00:00Z"); seed = (seed * 16_807) % 2_147_483_647) {
      const plan = planSlots({ schedule, ...pending, catchUpPolicy, now });
      fired.push(...plan.fire.map((slot) => slot.toISOString()));
      missed += plan.missed?.count ?? 0;
      pending = { from: plan.next ?? now, isSlot: plan.next !== null };
      const lateMs = (seed % 5 === 0 ? seed % 4320 : seed % 2) * 60_000;
      now = new Date(Math.max(pending.from.getTime(), now.getTime()) + lateMs);
    }
    expect(new Set(fired).size).toBe(fired.length);
    expect([...fired].sort()).toEqual(fired);
    const between = nextSlots(schedule, start, 4000).filter((slot) => slot < pending.from);
    expect(fired.length + missed).toBe(between.length);
    expect(missed).toBeGreaterThan(0);
    expect(fired.length).toBeGreaterThan(300);
  }
});
