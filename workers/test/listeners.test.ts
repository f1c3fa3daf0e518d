import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Listeners } from "../hub/listeners.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("has one of all who write within a second tell those who listen", async () => {
  const listeners = new Listeners(async () => true);
  const answers = await Promise.all(Array.from({ length: 5 }, () => listeners.areDue("a")));
  expect(answers.filter(Boolean)).toHaveLength(1);
  vi.advanceTimersByTime(999);
  expect(await listeners.areDue("a")).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await listeners.areDue("a")).toBe(true);
});

it("asks once a minute, or when it is told that there may be others", async () => {
  let [asked, listens] = [0, false];
  const listeners = new Listeners(async () => {
    asked += 1;
    return listens;
  });
  expect([await listeners.areDue("a"), await listeners.areDue("a"), asked]).toEqual([false, false, 1]);
  listens = true;
  expect([await listeners.areDue("a"), asked]).toEqual([false, 1]);
  listeners.forget();
  expect([await listeners.areDue("a"), asked]).toEqual([true, 2]);
  listens = false;
  vi.advanceTimersByTime(60_001);
  expect([await listeners.areDue("a"), asked]).toEqual([false, 3]);
});

it("asks again after an answer that did not come", async () => {
  let fails = true;
  const listeners = new Listeners(async () => {
    if (fails) throw new Error("The database is away");
    return true;
  });
  await expect(listeners.areDue("a")).rejects.toThrow("away");
  fails = false;
  expect(await listeners.areDue("a")).toBe(true);
});
