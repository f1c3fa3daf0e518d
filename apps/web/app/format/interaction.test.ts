import { expect, it } from "vitest";
import { describeAnswer, readCreatedTasks } from "./interaction.ts";

it("says what was chosen in the words of the options", () => {
  const payload = {
    questions: [
      { id: "size", options: [{ id: "s", label: "Small" }] },
      { id: "more", options: [{ id: "x", label: "X" }] },
    ],
  };
  const answers = [
    { questionId: "size", optionIds: ["s"], otherText: null },
    { questionId: "more", optionIds: [], otherText: "Blue" },
  ];
  const result = { outcome: "answered", byName: "Olga", note: "Soon", answers };
  expect(describeAnswer({ kind: "ask_user_questions", payload, result })).toBe("Olga: Small · Blue: Soon");
  const items = {
    items: [
      { id: "a", label: "Apples" },
      { id: "b", label: "Pears" },
    ],
  };
  const tick = (checked: string[]) =>
    describeAnswer({ kind: "request_checkbox_confirmation", payload: items, result: { checked } });
  expect([tick(["b"]), tick([])]).toEqual(["Pears", "nothing"]);
});

it("says why a question was overtaken, and nothing where there is nothing to say", () => {
  const result = { outcome: "superseded", note: null, reason: "Asked anew" };
  expect(describeAnswer({ kind: "request_confirmation", payload: {}, result })).toBe("Asked anew");
  expect(
    describeAnswer({ kind: "request_confirmation", payload: {}, result: { outcome: "expired", note: null } }),
  ).toBeNull();
});

it("lists only issues that were really made", () => {
  expect(
    readCreatedTasks({ createdTasks: [{ issueId: "i", identifier: "A-1", title: "T" }, { title: "x" }, null] }),
  ).toHaveLength(1);
  expect(readCreatedTasks(null)).toEqual([]);
});
