import type { Goal } from "@boardroom/contract";

/** What the demo's CEO proposes to a new company: small enough to be read on a phone. */
export function demoPlan(goal: Pick<Goal, "id" | "title"> | null, size: "full" | "smaller" = "full") {
  const marketer = {
    key: "marketer",
    template: "marketer",
    draft: { name: "Mara", budgetMonthlyCents: 1500 },
    why: "Somebody has to tell people that we exist.",
  };
  const announce = {
    key: "announce",
    title: "Write the announcement",
    description: "One page for the people who should hear of it first.",
    assigneeKey: "marketer",
    blockedByKeys: ["build"],
  };
  return {
    version: 1,
    title: "How we begin",
    summary: `For "${goal?.title ?? "our goal"}" I would start small: one who builds, one who checks${
      size === "full" ? ", one who tells people" : ""
    }. All of them are the scripted demo agent; nothing is really built. (demo)`,
    agents: [
      {
        key: "engineer",
        template: "engineer",
        draft: { name: "Emil", budgetMonthlyCents: 2000 },
        why: "Builds the first version.",
      },
      {
        key: "qa",
        template: "qa",
        draft: { name: "Quinn", budgetMonthlyCents: 1000 },
        reportsToKey: "engineer",
        why: "Tries it before anybody else does.",
      },
      ...(size === "full" ? [marketer] : []),
    ],
    projects: [{ key: "first", name: "First version", goalId: goal?.id ?? null }],
    issues: [
      {
        key: "first",
        title: "Decide what the first version does",
        description: "Three things it does, three that it leaves for later.",
        priority: "high",
        projectKey: "first",
        assigneeKey: "engineer",
      },
      {
        key: "build",
        title: "Build the first version",
        parentKey: "first",
        projectKey: "first",
        assigneeKey: "engineer",
      },
      {
        key: "check",
        title: "Check the first version",
        parentKey: "first",
        projectKey: "first",
        assigneeKey: "qa",
        blockedByKeys: ["build"],
      },
      ...(size === "full" ? [announce] : []),
    ],
  };
}
