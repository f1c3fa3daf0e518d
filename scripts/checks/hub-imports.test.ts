import { expect, it } from "vitest";
import { evaluatedImportsOf, findHubBallast } from "./hub-imports.ts";

it("leaves out types and what is imported later", () => {
  const text = `import type { A } from "types";
export type {
  B,
} from "more-types";
import { c, type D } from "values";
export { e } from "./passed-on.ts";
const f = await import("later");`;
  expect(evaluatedImportsOf(text)).toEqual(["values", "./passed-on.ts"]);
});

it("evaluates none of the app for the hubs", () => {
  expect(findHubBallast("workers/index.ts")).toEqual([]);
});

it("names the way on which the app would come in", () => {
  const [finding] = findHubBallast("workers/app.ts");
  expect(finding).toMatch(/^workers\/app\.ts -> .*: a hub's isolate would evaluate it$/);
});
