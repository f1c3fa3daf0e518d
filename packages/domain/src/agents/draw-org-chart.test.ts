import type { OrgNode } from "@boardroom/contract";
import { expect, it } from "vitest";
import { drawOrgChart } from "./draw-org-chart.ts";

const node = (name: string, reports: OrgNode[] = [], fields: Partial<OrgNode> = {}): OrgNode => ({
  id: name,
  name,
  urlKey: name,
  role: "general",
  title: null,
  status: "idle",
  pauseReason: null,
  pausedAbove: null,
  budgetMonthlyCents: null,
  spentMonthlyCents: 0,
  reports,
  ...fields,
});

it("draws everybody once, a manager in the middle above its reports", () => {
  const svg = drawOrgChart([node("a", [node("b"), node("c", [node("d")])]), node("e")]);
  expect(svg.match(/<rect class="box"/g)).toHaveLength(5);
  expect(svg.match(/<path class="line"/g)).toHaveLength(3);
  const at = (name: string) =>
    Number(
      new RegExp(`translate\\(([\\d.]+) [\\d.]+\\)[^]*?>${name}<`).exec(
        svg.split("<g ").find((part) => part.includes(`>${name}<`)) ?? "",
      )?.[1],
    );
  expect(at("a")).toBe((at("b") + at("c")) / 2);
  expect(at("c")).toBe(at("d"));
});

it("lets no name or title become markup", () => {
  const nasty = `</text><script>alert(1)</script>"'&\u0000\u001b`;
  const svg = drawOrgChart([node(nasty, [], { title: nasty })]);
  expect(svg).not.toContain("<script");
  expect(svg).not.toContain("\u0000");
  expect(svg).not.toContain("\u001b");
  expect(svg).toContain("&lt;/text&gt;&lt;script");
});

it("says who rests because somebody above is paused", () => {
  const svg = drawOrgChart([node("b", [], { pausedAbove: { id: "a", name: "Ann" } })]);
  expect(svg).toContain("Ann above is paused");
});

it("of nobody is still an image", () => {
  expect(drawOrgChart([])).toContain("Nobody is hired yet.");
});
