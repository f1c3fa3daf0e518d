import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Those that take longest, by the end of their paths. */
const longest = [
  "heartbeat/interleavings.test.ts",
  "heartbeat/soak.test.ts",
  "heartbeat/kills.test.ts",
  "start/start-program.test.ts",
  "runner/test/network.test.ts",
  "api/test/delivery.test.ts",
  "api/test/security-fuzz.test.ts",
  "api/test/crash.test.ts",
  "api/test/live.test.ts",
  "e2e/screens-on-a-phone.test.ts",
  "e2e/screens-on-a-desktop.test.ts",
  "e2e/machines.test.ts",
  "e2e/first-load.test.ts",
];

/** A long file that begins last leaves the other processes idle: on a fresh checkout, nobody measured yet which those are. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = longest.findIndex((end) => moduleId.endsWith(end));
      return rank === -1 ? longest.length : rank;
    };
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}
