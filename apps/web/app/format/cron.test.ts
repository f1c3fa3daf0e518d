import { expect, it } from "vitest";
import { describeCron } from "./cron.ts";

it.each([
  ["0 9 * * *", "Every day at 09:00"],
  ["30 17 * * 1-5", "Weekdays at 17:30"],
  ["0 9 * * 1", "Every Monday at 09:00"],
  ["0 9 * * 7", "Every Sunday at 09:00"],
  ["5 8 1 * *", "On day 1 of the month at 08:05"],
  ["*/15 * * * *", "Every 15 minutes"],
  ["7 * * * *", "Every hour at :07"],
  ["* * * * *", "Every minute"],
])("says %s as %s", (expression, words) => {
  expect(describeCron(expression)).toBe(words);
});

it.each(["0 9 1 1 *", "0 9 * * MON#2", "0 9 1 * 1", "0 9-17 * * *", "L", "0 9 L * *", "0 0 9 * * *"])(
  "keeps %s, which is no common shape",
  (expression) => {
    expect(describeCron(expression)).toBe(expression);
  },
);
