import type { DispatchedRun } from "@boardroom/domain";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createDispatch } from "./create-dispatch.ts";

const companyId = crypto.randomUUID();
const newRuns = (count: number, fields: Partial<DispatchedRun> = {}): DispatchedRun[] =>
  Array.from({ length: count }, () => ({ companyId, runId: crypto.randomUUID(), ...fields }));

/** What one call of the Worker does: deliveries that end when they are told to, and messages. */
function openCall() {
  const messages: DispatchedRun[] = [];
  const ending: (() => void)[] = [];
  const tasks: Promise<unknown>[] = [];
  const delivered: string[] = [];
  const dispatch = createDispatch({
    deliver: ({ runId }) => {
      delivered.push(runId);
      return new Promise<void>((resolve) => ending.push(resolve));
    },
    enqueue: async (runs) => void messages.push(...runs),
    afterwards: (task) => void tasks.push(task()),
  });
  return {
    dispatch,
    messages,
    delivered,
    async endOne() {
      ending.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
    /** Promises that the call waits for after its answer. */
    waitsFor: () => tasks.length,
  };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

it("starts three of two hundred runs itself, leaves the rest to the queue at once, and waits for four things", () => {
  const call = openCall();
  const runs = newRuns(200);
  call.dispatch(runs);
  expect(call.delivered).toEqual(runs.slice(0, 3).map(({ runId }) => runId));
  expect(call.messages.map(({ runId }) => runId)).toEqual(runs.map(({ runId }) => runId));
  expect(call.messages.map(({ delayMs }) => delayMs ?? 0)).toEqual([3000, 3000, 3000, ...Array(197).fill(0)]);
  expect(call.waitsFor()).toBe(4);
});

it("counts over everything that one call brings about, and starts the next when one has ended", async () => {
  const call = openCall();
  for (const run of newRuns(5)) call.dispatch([run]);
  expect(call.delivered).toHaveLength(3);
  await call.endOne();
  call.dispatch(newRuns(2));
  expect(call.delivered).toHaveLength(4);
  expect(call.messages).toHaveLength(7);
});

it("starts nothing that could outlive the call's background time", () => {
  const call = openCall();
  vi.setSystemTime(Date.now() + 2000);
  const runs = newRuns(2);
  call.dispatch(runs);
  expect(call.delivered).toEqual([]);
  expect(call.messages).toEqual(runs);
});

it("leaves what is due later to the queue, with its own delay", () => {
  const call = openCall();
  const runs = newRuns(1, { delayMs: 5000 });
  call.dispatch(runs);
  expect(call.delivered).toEqual([]);
  expect(call.messages).toEqual(runs);
});

it("asks nothing of anybody when there is nothing to start", () => {
  const call = openCall();
  call.dispatch([]);
  expect(call.waitsFor()).toBe(0);
});
