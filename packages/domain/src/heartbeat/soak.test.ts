import { newSeed } from "@boardroom/local";
import { expect, it } from "vitest";
import { runSoak } from "../../test/soak/run-soak.ts";

const seed = process.env.SEED === undefined ? newSeed() : Number(process.env.SEED);

it("loses nothing and repeats nothing while requests, messages, Workers, clocks and PostgreSQL fail", {
  timeout: 240_000,
}, async () => {
  const { findings, failures, troubles, outcomes, runs, seconds } = await runSoak({
    runs: 1000,
    seed,
    powerCuts: 1,
    log: () => undefined,
  });
  const told = Object.entries(troubles).map(([what, count]) => `${count} ${what}`);
  process.stdout.write(
    `${runs} runs in ${Math.round(seconds)} s under seed ${seed} (SEED=… repeats it): ${told.join(", ")}\n`,
  );
  expect([...findings, ...failures]).toEqual([]);
  expect(runs).toBeGreaterThanOrEqual(1000);
  expect(outcomes["run succeeded"]).toBeGreaterThan(runs / 2);
  for (const what of [
    "power cuts",
    "requests cut off",
    "messages lost",
    "messages repeated",
    "Workers killed",
    "turns of the clock",
    "never answer",
    "complete twice",
    "complete late",
  ]) {
    expect(troubles[what], what).toBeGreaterThan(0);
  }
});
