import { expect, it } from "vitest";
import type { Operation } from "../operation.ts";
import { operationIds, operations } from "./index.ts";

const patches = operationIds.filter((id) => operations[id].method === "PATCH");

it.each(patches)("%s changes nothing that its body doesn't name: an empty one stays empty, or is refused", (id) => {
  const { body }: Operation = operations[id];
  const parsed = body?.safeParse({});
  expect(parsed?.success === false ? {} : parsed?.data).toEqual({});
});

it("changing an agent's title says nothing of its schedule", () => {
  expect(operations["agents.update"].body.parse({ title: "Researcher" })).toEqual({ title: "Researcher" });
});
