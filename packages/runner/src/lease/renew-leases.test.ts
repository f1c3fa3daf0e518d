import type { Renewal } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import type { FromLeaseThread } from "./lease-messages.ts";
import { createLeaseLoop } from "./renew-leases.ts";
import { RenewalFailed } from "./send-renewal.ts";

const lease = { runId: "run-1", fence: 3, token: "t0", leaseSeconds: 90 };

/** A loop with a clock and a server that the test holds in its hands. */
function setUp() {
  const state = {
    now: 1_000_000,
    answer: "ok" as "superseded" | "later" | "ok",
    action: "continue" as Renewal["action"],
    renewals: 0,
  };
  const told: FromLeaseThread[] = [];
  const tokens: string[] = [];
  let onRenew: () => void = () => undefined;
  const loop = createLeaseLoop({
    now: () => state.now,
    post: (message) => told.push(message),
    async renew({ token }) {
      state.renewals += 1;
      tokens.push(token);
      onRenew();
      if (state.answer !== "ok") throw new RenewalFailed(state.answer);
      const runToken = `t${state.renewals}`;
      return { action: state.action, reason: null, runToken };
    },
  });
  /** Time goes on second by second, as the thread ticks. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      state.now += 1000;
      loop.check();
      await new Promise(setImmediate);
    }
  };
  return { state, loop, told, tokens, pass, during: (act: () => void) => (onRenew = act) };
}

describe("keeping a lease", () => {
  it("renews at once, and then every 25 seconds of 90, each time with the newest token", async () => {
    const { loop, state, tokens, pass } = setUp();
    loop.take({ type: "hold", lease });
    await pass(1);
    expect(state.renewals).toBe(1);
    await pass(100);
    expect(state.renewals).toBe(5);
    expect(tokens).toEqual(["t0", "t1", "t2", "t3", "t4"]);
  });

  it("tells what the server wants", async () => {
    const { loop, state, told, pass } = setUp();
    state.action = "cancel";
    loop.take({ type: "hold", lease });
    await pass(1);
    expect(told).toEqual([{ type: "renewed", runId: "run-1", token: "t1", action: "cancel", reason: null }]);
  });

  it("is over when the server says so", async () => {
    const { loop, state, told, pass } = setUp();
    state.answer = "superseded";
    loop.take({ type: "hold", lease });
    await pass(60);
    expect(told).toEqual([{ type: "lost", runId: "run-1", reason: "superseded" }]);
    expect(state.renewals).toBe(1);
  });

  it("outlives a server that is away for less than the lease", async () => {
    const { loop, state, told, pass } = setUp();
    loop.take({ type: "hold", lease });
    await pass(10);
    state.answer = "later";
    await pass(60);
    state.answer = "ok";
    await pass(30);
    expect(told.every(({ type }) => type === "renewed")).toBe(true);
    expect(loop.heldCount()).toBe(1);
  });

  it("is over once nobody answered for as long as it lasts", async () => {
    const { loop, state, told, pass } = setUp();
    loop.take({ type: "hold", lease });
    await pass(1);
    state.answer = "later";
    await pass(95);
    expect(told.at(-1)).toEqual({ type: "lost", runId: "run-1", reason: "lease_over" });
  });

  it("is over when the machine slept past it, whatever the server would say", async () => {
    const { loop, state, told, pass } = setUp();
    loop.take({ type: "hold", lease });
    await pass(1);
    state.now += 10 * 60_000;
    await pass(1);
    expect(told.at(-1)).toEqual({ type: "lost", runId: "run-1", reason: "lease_over" });
    expect(state.renewals).toBe(1);
  });

  it("is over when the machine slept while an answer was on its way", async () => {
    const { loop, state, told, pass, during } = setUp();
    during(() => {
      state.now += 10 * 60_000;
    });
    loop.take({ type: "hold", lease });
    await pass(0);
    await new Promise(setImmediate);
    expect(told).toEqual([{ type: "lost", runId: "run-1", reason: "lease_over" }]);
  });

  it("renews at once when a hint says so, and leaves a released one alone", async () => {
    const { loop, state, pass } = setUp();
    loop.take({ type: "hold", lease });
    await pass(1);
    loop.take({ type: "renew", runId: "run-1" });
    await pass(1);
    expect(state.renewals).toBe(2);
    loop.take({ type: "release", runId: "run-1" });
    await pass(200);
    expect(state.renewals).toBe(2);
  });
});
