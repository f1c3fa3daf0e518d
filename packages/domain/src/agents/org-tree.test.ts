import { expect, it } from "vitest";
import { buildOrgTree, type OrgMember } from "./org-tree.ts";

const member = (id: string, reportsTo: string | null, status: OrgMember["status"] = "idle"): OrgMember => ({
  id,
  name: id,
  urlKey: id,
  role: "general",
  title: null,
  status,
  pauseReason: null,
  budgetMonthlyCents: null,
  spentMonthlyCents: 0,
  reportsTo,
});
const outline = (members: OrgMember[]): string => {
  const draw = (nodes: ReturnType<typeof buildOrgTree>): string =>
    nodes.map(({ id, reports }) => (reports.length ? `${id}(${draw(reports)})` : id)).join(" ");
  return draw(buildOrgTree(members));
};

it("nests everybody below their manager", () => {
  expect(outline([member("a", null), member("b", "a"), member("c", "b"), member("d", "a"), member("e", null)])).toBe(
    "a(b(c) d) e",
  );
});

it("moves the reports of somebody who left to the next manager above", () => {
  expect(outline([member("a", null), member("b", "a", "terminated"), member("c", "b")])).toBe("a(c)");
  expect(outline([member("a", null, "terminated"), member("b", "a")])).toBe("b");
});

it("shows everybody once, even in a circle", () => {
  expect(outline([member("a", "b"), member("b", "a"), member("c", null)])).toBe("c a(b)");
  expect(outline([member("a", "a")])).toBe("a");
});

it("takes an unknown manager for none", () => {
  expect(outline([member("a", "gone")])).toBe("a");
});

it("says of everybody below a paused manager which one rests, the nearest first", () => {
  const [a] = buildOrgTree([
    member("a", null, "paused"),
    member("b", "a"),
    member("c", "b", "paused"),
    member("d", "c"),
  ]);
  const b = a?.reports[0];
  const c = b?.reports[0];
  expect([a, b, c, c?.reports[0]].map((node) => node?.pausedAbove?.name ?? null)).toEqual([null, "a", "a", "c"]);
});
