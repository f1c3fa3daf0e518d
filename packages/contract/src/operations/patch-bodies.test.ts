import { expect, it } from "vitest";
import type { Operation } from "../operation.ts";
import { operationIds, operations } from "./index.ts";

const patches = operationIds.filter((id) => operations[id].method === "PATCH");

it.each(patches)("%s changes nothing that its body doesn't name", (id) => {
  const { body }: Operation = operations[id];
  expect(body?.parse({})).toEqual({});
});
