import type { Approval } from "@boardroom/contract";
import { expect, it } from "vitest";
import { readPlan } from "./plan-view.ts";

const approvalOf = (payload: Record<string, unknown>) => ({ payload }) as Approval;

it("a plan is read from the top down, with names in the place of keys", () => {
  const view = readPlan(
    approvalOf({
      version: 1,
      summary: "Bake",
      agents: [
        { key: "b", draft: { name: "Bea", role: "qa" }, reportsToKey: "a" },
        { key: "a", draft: { name: "Abe", title: "CTO", budgetMonthlyCents: 500 } },
      ],
      projects: [{ key: "p", name: "Shop" }],
      issues: [
        { key: "2", title: "Test", parentKey: "1", assigneeKey: "b", blockedByKeys: ["1"] },
        { key: "1", title: "Build", projectKey: "p", assigneeAgentId: "01989e5e-0000-7000-8000-000000000001" },
      ],
    }),
    { "01989e5e-0000-7000-8000-000000000001": "Clara" },
  );
  expect(view?.agents.map(({ name, depth, title }) => [name, depth, title])).toEqual([
    ["Abe", 0, "CTO"],
    ["Bea", 1, "qa"],
  ]);
  expect(
    view?.issues.map(({ title, depth, assignee, project, waitsFor }) => [title, depth, assignee, project, waitsFor]),
  ).toEqual([
    ["Build", 0, "Clara", "Shop", []],
    ["Test", 1, "Bea", null, ["Build"]],
  ]);
});

it("words alone are no plan", () => {
  expect(readPlan(approvalOf({ plan: "We bake." }), {})).toBeNull();
});
