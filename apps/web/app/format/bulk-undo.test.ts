import { describe, expect, it } from "vitest";
import { type BulkIssue, undoGroups } from "./bulk-undo.ts";

const issue = (id: string, fields: Partial<BulkIssue> = {}): BulkIssue => ({
  ...{
    id,
    status: "todo",
    priority: "medium",
    projectId: null,
    milestoneId: null,
    assigneeAgentId: null,
    assigneeUserId: null,
  },
  labelIds: [],
  ...fields,
});

describe("the way back from a change of many issues", () => {
  it("gives those that had the same their value back together, and leaves those alone that had it before", () => {
    const before = [issue("a"), issue("b", { priority: "low" }), issue("c"), issue("d", { priority: "high" })];
    expect(undoGroups(before, { priority: "high" })).toEqual([
      { ids: ["a", "c"], set: { priority: "medium" } },
      { ids: ["b"], set: { priority: "low" } },
    ]);
  });

  it("goes back in state only where there is a way", () => {
    const before = [issue("a", { status: "blocked" }), issue("b")];
    // To be blocked again it would need somebody who acts.
    expect(undoGroups(before, { status: "in_progress" })).toEqual([{ ids: ["b"], set: { status: "todo" } }]);
    // What is done is only reopened to do.
    expect(undoGroups([issue("c", { status: "in_review" })], { status: "done" })).toEqual([]);
  });

  it("takes off only the labels that it put on, and puts on only those that it took off", () => {
    const before = [issue("a", { labelIds: ["x"] }), issue("b", { labelIds: ["y"] })];
    expect(undoGroups(before, { addLabelIds: ["x"], removeLabelIds: ["y"] })).toEqual([
      { ids: ["b"], set: { removeLabelIds: ["x"], addLabelIds: ["y"] } },
    ]);
  });

  it("puts an issue back into the milestone that went with its project", () => {
    const before = [issue("a", { projectId: "p", milestoneId: "m" }), issue("b", { projectId: "q" })];
    expect(undoGroups(before, { projectId: "q" })).toEqual([{ ids: ["a"], set: { projectId: "p", milestoneId: "m" } }]);
    expect(undoGroups(before, { projectId: "p", milestoneId: "n" })).toEqual([
      { ids: ["a"], set: { milestoneId: "m" } },
      { ids: ["b"], set: { projectId: "q", milestoneId: null } },
    ]);
  });

  it("hands an issue back to the person who had it", () => {
    const before = [issue("a", { assigneeUserId: "u" }), issue("b", { assigneeAgentId: "ada" })];
    expect(undoGroups(before, { assigneeAgentId: "bea" })).toEqual([
      { ids: ["a"], set: { assigneeAgentId: null, assigneeUserId: "u" } },
      { ids: ["b"], set: { assigneeAgentId: "ada" } },
    ]);
  });
});
