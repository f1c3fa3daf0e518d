import { expect, it } from "vitest";
import { toDelaySeconds } from "../delay-seconds.ts";

it("brings a message at most a quarter of a second early and less than one late, whatever the delay", () => {
  for (let delayMs = 0; delayMs <= 65_000; delayMs += 7) {
    const lateMs = toDelaySeconds(delayMs) * 1000 - delayMs;
    expect(lateMs, `${delayMs} ms`).toBeGreaterThanOrEqual(-250);
    expect(lateMs, `${delayMs} ms`).toBeLessThan(1000);
  }
});

it("waits not at all for what is due or overdue, and never longer than the smallest plan allows", () => {
  expect([-5000, 0, 250].map(toDelaySeconds)).toEqual([0, 0, 0]);
  expect([251, 1250, 1251, 5000].map(toDelaySeconds)).toEqual([1, 1, 2, 5]);
  expect(toDelaySeconds(30 * 24 * 3_600_000)).toBe(7 * 24 * 3600);
});
