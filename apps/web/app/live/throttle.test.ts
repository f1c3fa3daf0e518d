import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { throttle } from "./throttle.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("calls at once, gathers what follows, and never forgets the last", () => {
  let calls = 0;
  const call = throttle(() => {
    calls += 1;
  }, 250);
  call();
  expect(calls).toBe(1);
  for (let each = 0; each < 20; each += 1) call();
  expect(calls).toBe(1);
  vi.advanceTimersByTime(250);
  expect(calls).toBe(2);
  vi.advanceTimersByTime(1000);
  expect(calls).toBe(2);
});

it("forgets what was gathered when cancelled", () => {
  let calls = 0;
  const call = throttle(() => {
    calls += 1;
  }, 250);
  call();
  call();
  call.cancel();
  vi.advanceTimersByTime(1000);
  expect(calls).toBe(1);
});
