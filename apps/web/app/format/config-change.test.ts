import type { ConfigRevision } from "@boardroom/contract";
import { expect, it } from "vitest";
import { configChanges, nameChanges } from "./config-change.ts";

it("a change is told in words, settings inside settings one by one", () => {
  const revision: Pick<ConfigRevision, "changedKeys" | "beforeConfig" | "afterConfig"> = {
    changedKeys: ["adapterConfig", "budgetMonthlyCents", "reportsTo", "instructionsVersion"],
    beforeConfig: { adapterConfig: { url: "a", timeoutSec: 5 }, budgetMonthlyCents: null, reportsTo: "1" },
    afterConfig: {
      adapterConfig: { url: "b", timeoutSec: 5 },
      budgetMonthlyCents: 500,
      reportsTo: null,
      instructionsVersion: 2,
    },
  };
  expect(configChanges(revision, { "1": "Clara" }).map(({ label, before, after }) => [label, before, after])).toEqual([
    ["Settings of its kind: url", "a", "b"],
    ["Monthly budget", "no limit", "$5.00"],
    ["Manager", "Clara", "nothing"],
    ["Instructions", "none", "version 2"],
  ]);
});

it("settings that lie deeper are told one by one, too, and money as money", () => {
  const revision: Pick<ConfigRevision, "changedKeys" | "beforeConfig" | "afterConfig"> = {
    changedKeys: ["runtimeConfig"],
    beforeConfig: { runtimeConfig: { heartbeat: { enabled: false, maxCostPerDayCents: null } } },
    afterConfig: { runtimeConfig: { heartbeat: { enabled: true, maxCostPerDayCents: 1500 } } },
  };
  expect(nameChanges(revision)).toBe("schedule and machine");
  expect(configChanges(revision, {}).map(({ label, before, after }) => [label, before, after])).toEqual([
    ["Heartbeat: enabled", "no", "yes"],
    ["Heartbeat: max cost per day cents", "nothing", "$15.00"],
  ]);
});
