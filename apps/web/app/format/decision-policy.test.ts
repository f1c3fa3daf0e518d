import type { DecisionPolicy } from "@boardroom/contract";
import { expect, it } from "vitest";
import { describePolicy } from "./decision-policy.ts";

const plain: DecisionPolicy = {
  type: "hire_agent",
  quorum: 1,
  minimumRole: "admin",
  graceSeconds: 0,
  escalateAfterSec: null,
  expiresAfterSec: null,
  eligibleMembers: 1,
  isDefault: true,
};

it("says how a decision is made, and nothing of rules that don't hold", () => {
  expect(describePolicy(plain)).toBe("1 vote of admins and owners");
  const strict = { quorum: 2, graceSeconds: 600, escalateAfterSec: 86_400, expiresAfterSec: 604_800 };
  expect(describePolicy({ ...plain, ...strict })).toBe(
    "2 votes of admins and owners, 10m to undo, urgent after 24 h, withdrawn after 7 days",
  );
});
