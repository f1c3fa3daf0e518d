import type { Reporter, TestModule } from "vitest/node";

/** Prints one line at the very end, for people and machines: `N passed, N failed`. */
export default class CountingReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const passed = states.filter((state) => state === "passed").length;
    // A file that can't even be loaded has no tests, but it failed.
    const broken = modules.filter((module) => module.state() === "failed" && module.errors().length > 0).length;
    const failed = states.filter((state) => state === "failed").length + broken + unhandledErrors.length;
    process.once("exit", () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}
