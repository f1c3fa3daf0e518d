import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import LongestFirst from "./scripts/longest-first.ts";

/** One more than a small machine has cores: a test often waits, for a lease that ends or a page that loads. */
const maxWorkers = 3;

export default defineConfig({
  test: {
    pool: "forks",
    // A process runs file after file without loading the code again, which took a fifth of the time: what a file changes in
    // its process (environment, console, clock) it puts back. All processes stay to the end: one that is stopped early may
    // take the run with it.
    poolOptions: { forks: { minForks: maxWorkers, maxForks: maxWorkers, isolate: false } },
    // A shared machine may stall for seconds: there a test gets a second try, and the report says that it needed one.
    retry: process.env.CI ? 1 : 0,
    // Generous: the tests share two cores with all that they talk to.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes, be it late; how fast it has to be is asked by the benchmarks.
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: LongestFirst },
    setupFiles: [fileURLToPath(new URL("scripts/end-with-vitest.ts", import.meta.url))],
    reporters: ["default", "./scripts/counting-reporter.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: [
            "packages/*/{src,test}/**/*.test.ts",
            "apps/*/{app,src}/**/*.test.{ts,tsx}",
            "scripts/**/*.test.ts",
          ],
          // These need a whole Boardroom.
          exclude: ["**/node_modules/**", "packages/runner/test/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "worker",
          include: ["apps/api/test/**/*.test.ts", "workers/test/**/*.test.ts", "packages/runner/test/**/*.test.ts"],
          globalSetup: ["@boardroom/testing/global-setup"],
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["apps/web/e2e/**/*.test.ts"],
          globalSetup: ["@boardroom/testing/global-setup", "apps/web/e2e/browser/global-setup.ts"],
          testTimeout: 90_000,
          // Browsers would slow down what the others measure.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
