import { describe, expect, it } from "vitest";
import { formatDuration, formatInterval, formatRelative } from "./time.ts";

describe("formatDuration", () => {
  it.each([
    [840, "840ms"],
    [12_400, "12s"],
    [192_000, "3m 12s"],
    [180_000, "3m"],
    [7_500_000, "2h 5m"],
    [356_400_000, "4d 3h"],
  ])("writes %d ms as %s", (ms, expected) => expect(formatDuration(ms)).toBe(expected));
});

describe("formatInterval", () => {
  it.each([
    [30, "30 s"],
    [90, "90 s"],
    [300, "5 min"],
    [7200, "2 h"],
    [86_400, "1 day"],
    [172_800, "2 days"],
  ])("writes %d seconds as %s", (seconds, expected) => expect(formatInterval(seconds)).toBe(expected));
});

describe("formatRelative", () => {
  const now = Date.UTC(2026, 10, 20, 12);
  it.each([
    [now - 2000, "now"],
    [now - 42_000, "42s ago"],
    [now - 5 * 60_000, "5 min ago"],
    [now + 2 * 3_600_000, "in 2 h"],
    [now - 3 * 86_400_000, "3 d ago"],
    [Date.UTC(2026, 10, 3), "3 Nov"],
    [Date.UTC(2025, 1, 9), "9 Feb 2025"],
  ])("writes %d as %s", (at, expected) => expect(formatRelative(at, now)).toBe(expected));
});
