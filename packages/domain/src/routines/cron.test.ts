import { describe, expect, it } from "vitest";
import { nextSlots, pastSlots, readSchedule, slotsPerMonth } from "./cron.ts";

const slots = (cronExpression: string, timezone: string, after: string, count: number) =>
  nextSlots({ cronExpression, timezone }, new Date(after), count).map((slot) => slot.toISOString());

describe("a schedule in a zone whose clocks change", () => {
  it.each([
    // In spring 02:00 becomes 03:00: what stands in the gap fires when the gap ends, once.
    ["30 2 * * *", "Europe/Berlin", "2027-03-27T12:00:00Z", ["2027-03-28T01:00", "2027-03-29T00:30"]],
    ["0 2-3 * * *", "Europe/Berlin", "2027-03-27T12:00:00Z", ["2027-03-28T01:00", "2027-03-29T00:00"]],
    ["30 2 * * *", "America/New_York", "2027-03-13T12:00:00Z", ["2027-03-14T07:00", "2027-03-15T06:30"]],
    ["0 9 * * *", "Europe/Berlin", "2027-03-27T07:00:00Z", ["2027-03-27T08:00", "2027-03-28T07:00"]],
    ["0 9 * * *", "America/New_York", "2027-03-13T13:00:00Z", ["2027-03-13T14:00", "2027-03-14T13:00"]],
    // In autumn an hour comes twice: a time of day fires once, the first time.
    ["30 2 * * *", "Europe/Berlin", "2027-10-30T12:00:00Z", ["2027-10-31T00:30", "2027-11-01T01:30"]],
    ["30 1 * * *", "America/New_York", "2027-11-06T12:00:00Z", ["2027-11-07T05:30", "2027-11-08T06:30"]],
    ["30 1,13 * * *", "America/New_York", "2027-11-07T00:00:00Z", ["2027-11-07T05:30", "2027-11-07T18:30"]],
    [
      "0,30 2 * * *",
      "Europe/Berlin",
      "2027-10-30T12:00:00Z",
      ["2027-10-31T00:00", "2027-10-31T00:30", "2027-11-01T01:00"],
    ],
    // What follows the hours of the day follows the real ones: none is left out, none is double.
    [
      "0 * * * *",
      "Europe/Berlin",
      "2027-03-27T23:30:00Z",
      ["2027-03-28T00:00", "2027-03-28T01:00", "2027-03-28T02:00"],
    ],
    [
      "0 * * * *",
      "Europe/Berlin",
      "2027-10-30T23:30:00Z",
      ["2027-10-31T00:00", "2027-10-31T01:00", "2027-10-31T02:00"],
    ],
    [
      "*/30 * * * *",
      "America/New_York",
      "2027-11-07T05:15:00Z",
      ["2027-11-07T05:30", "2027-11-07T06:00", "2027-11-07T06:30"],
    ],
    ["0 */2 * * *", "Europe/Berlin", "2027-03-27T22:30:00Z", ["2027-03-27T23:00", "2027-03-28T02:00"]],
    // A zone half an hour off, and one that changes by half an hour.
    ["0 9 * * *", "Asia/Kolkata", "2027-01-01T00:00:00Z", ["2027-01-01T03:30"]],
    ["15 2 * * *", "Australia/Lord_Howe", "2027-10-02T00:00:00Z", ["2027-10-02T15:30", "2027-10-03T15:15"]],
  ])("%s in %s after %s", (cronExpression, timezone, after, expected) => {
    const found = slots(cronExpression, timezone, after, expected.length);
    expect(found.map((slot) => slot.slice(0, 16))).toEqual(expected);
  });
});

describe("a schedule with a rare day", () => {
  it.each([
    ["0 0 29 2 *", "2027-03-01T00:00:00Z", ["2028-02-29", "2032-02-29", "2036-02-29"]],
    ["0 0 L * *", "2027-01-15T00:00:00Z", ["2027-01-31", "2027-02-28", "2027-03-31"]],
    ["0 0 L 2 *", "2027-03-01T00:00:00Z", ["2028-02-29", "2029-02-28"]],
    ["0 0 31 * *", "2027-01-15T00:00:00Z", ["2027-01-31", "2027-03-31", "2027-05-31"]],
    ["0 0 * * MON#1", "2027-01-15T00:00:00Z", ["2027-02-01", "2027-03-01", "2027-04-05"]],
    ["0 0 * * FRI#L", "2027-01-15T00:00:00Z", ["2027-01-29", "2027-02-26"]],
    ["0 0 15W * *", "2027-01-20T00:00:00Z", ["2027-02-15", "2027-03-15", "2027-04-15", "2027-05-14"]],
    ["0 0 * * 7", "2027-01-20T00:00:00Z", ["2027-01-24"]],
    // Day of month and day of week together mean either, as cron always had it.
    ["0 0 13 * 5", "2027-02-01T00:00:00Z", ["2027-02-05", "2027-02-12", "2027-02-13", "2027-02-19"]],
  ])("%s after %s", (cronExpression, after, expected) => {
    expect(slots(cronExpression, "UTC", after, expected.length).map((slot) => slot.slice(0, 10))).toEqual(expected);
  });
});

describe("what can't be a schedule is refused with a sentence", () => {
  it.each([
    ["* * * * * *", "UTC", /five fields.*This one has 6; seconds are not among them/],
    ["0 9 * *", "UTC", /This one has 4/],
    ["@daily", "UTC", /five fields/],
    ["2027-01-01T00:00:00", "UTC", /five fields/],
    ["", "UTC", /five fields/],
    ["60 * * * *", "UTC", /Invalid value for minute: 60/],
    ["*/0 * * * *", "UTC", /illegal stepping/],
    ["5-1 * * * *", "UTC", /From value is larger/],
    ["a b c d e", "UTC", /illegal characters/],
    ["0 0 31 2 *", "UTC", /never fires/],
    ["0 0 30 2 *", "Europe/Berlin", /never fires/],
    ["0 9 * * *", "Mars/Phobos", /no time zone "Mars\/Phobos"/],
    ["0 9 * * *", "+02:00", /no time zone/],
    ["0 9 * * *", "", /no time zone/],
    ["0 9 * * *", "Europe/Berlin; drop", /no time zone/],
  ])("%s in %s", (cronExpression, timezone, message) => {
    expect(() => readSchedule(cronExpression, timezone)).toThrow(
      expect.objectContaining({ code: "invalid_request", message: expect.stringMatching(message) }),
    );
  });

  it("and what can is stored with single spaces", () => {
    expect(readSchedule("  0\t9  * * 1-5 ", "Europe/Berlin").cronExpression).toBe("0 9 * * 1-5");
  });
});

it("looks back as it looks ahead, its moment included", () => {
  const schedule = { cronExpression: "30 2 * * *", timezone: "Europe/Berlin" };
  const ahead = nextSlots(schedule, new Date("2027-03-20T00:00:00Z"), 20);
  const last = ahead.at(-1) ?? new Date(0);
  expect(pastSlots(schedule, last, 20).reverse()).toEqual(ahead);
});

it.each([
  ["* * * * *", 43_200],
  ["*/5 * * * *", 8640],
  ["0 * * * *", 720],
  ["0 9 * * *", 30],
  ["0 9 * * 1-5", 22],
  ["0 0 29 2 *", 0],
])("%s fires %i times in 30 days", (cronExpression, count) => {
  expect(slotsPerMonth({ cronExpression, timezone: "UTC" }, new Date("2027-03-01T00:00:00Z"))).toBe(count);
});
