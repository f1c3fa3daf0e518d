import { expect, it } from "vitest";
import { describeApproval } from "./approval.ts";

it("says whom a hire would bring, for how much, and where it would answer", () => {
  const { ask, facts } = describeApproval("hire_agent", {
    name: "Grace",
    title: "Engineer",
    budgetMonthlyCents: 2500,
    adapterConfig: { url: "https://grace.example/hook" },
  });
  expect(ask).toBe("asks to hire Grace as Engineer");
  expect(facts).toEqual([
    ["Budget", "$25.00 a month"],
    ["Webhook", "https://grace.example/hook"],
  ]);
});

it("promises no signing secret for an agent that a machine starts", () => {
  const { facts, onYes } = describeApproval("hire_agent", { name: "Grace", adapterType: "claude_local" });
  expect(facts).toContainEqual(["Kind", "Claude local"]);
  expect(onYes).toBe("Grace is hired and runs on a machine of yours.");
});

it("reads any other payload without knowing it", () => {
  const told = describeApproval("request_board_approval", {
    title: "Buy a domain",
    reason: "For launch",
    estimatedCostCents: 1200,
    nested: {},
  });
  expect(told).toMatchObject({ ask: "asks: Buy a domain", why: "For launch", facts: [["Estimated cost", "$12.00"]] });
});
