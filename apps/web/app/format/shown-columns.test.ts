import { expect, it } from "vitest";
import { readShown, showMore } from "./shown-columns.ts";

it("shows more of one column at a time, up to what a page of the list holds", () => {
  expect(showMore(null, "todo")).toBe("todo:40");
  expect(showMore("todo:40", "done")).toBe("todo:40,done:40");
  expect(showMore("todo:160", "todo")).toBe("todo:200");
  expect([...readShown("todo:900")]).toEqual([["todo", 200]]);
});

it.each([null, "", "todo", "todo:x", "todo:5", "nothing:40", "cancelled:40", "todo:-1", "todo:40.5"])(
  "leaves the columns as they are for %s",
  (show) => {
    expect([...readShown(show)]).toEqual([]);
  },
);
