import type { SearchHit } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { kindOfHit, pathOfHit } from "./search-hit.ts";

const issue = {
  id: "i",
  identifier: "ACME-3",
  title: "Send the invoice",
  status: "todo",
  priority: "low",
  assigneeAgentId: null,
} as const;
const hit = (of: Partial<SearchHit>): SearchHit => ({
  entityType: "issue",
  entityId: "e",
  urlKey: null,
  title: [],
  excerpt: null,
  issue: null,
  rank: 1,
  ...of,
});

describe("a hit", () => {
  it.each([
    [hit({ issue }), "/issues/ACME-3", "ACME-3"],
    [hit({ entityType: "comment", issue }), "/issues/ACME-3#comment-e", "Comment on ACME-3"],
    [hit({ entityType: "document", urlKey: "plan", issue }), "/issues/ACME-3/documents/plan", "Document on ACME-3"],
    [hit({ entityType: "agent", urlKey: "ada" }), "/agents/ada", "Agent"],
    [hit({ entityType: "goal" }), "/goals/e", "Goal"],
    [hit({ entityType: "project" }), "/projects/e", "Project"],
  ])("leads to where it is read and says what it is %#", (each, path, kind) => {
    expect([pathOfHit(each), kindOfHit(each)]).toEqual([path, kind]);
  });
});
