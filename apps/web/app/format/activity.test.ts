import { expect, it } from "vitest";
import { describeActivity } from "./activity.ts";

const tell = (action: string, details: Record<string, unknown> | null = null) => {
  const { before, after, namesTarget } = describeActivity({ action, entityType: "issue", details });
  return namesTarget ? `${before} X${after}` : before;
};

it("says what happened to which thing", () => {
  expect(tell("issue.checked_out")).toBe("took X");
  expect(tell("issue.updated", { changes: { status: { from: "todo", to: "in_progress" } } })).toBe(
    "moved X to In progress",
  );
  expect(tell("issue.updated", { changes: { assigneeAgentId: {}, title: {} } })).toBe(
    "changed the assignee, title of X",
  );
  expect(tell("project.updated", { status: "planned", changed: ["name"] })).toBe("changed the name of X");
  expect(tell("project.updated", { status: "planned", changed: ["status"] })).toBe("moved X to Planned");
  expect(tell("issue.comment_added", { excerpt: "100 % done\nand more" })).toBe("commented on X: 100 % done");
  expect(tell("issue.blockers_changed", { added: ["A-1", "A-2", "A-3"], removed: ["A-4"] })).toBe(
    "made X wait for A-1, A-2 and A-3 and no longer for A-4",
  );
  expect(tell("issue.blockers_changed", { added: [], removed: ["A-4"] })).toBe("freed X from waiting for A-4");
  expect(tell("cost.reported", { costCents: 42 })).toBe("spent $0.42");
});

it("tells what machines do, and takes no sign of a command for the thing itself", () => {
  expect(tell("tool_approval.requested", { tool: "Bash", summary: "date +%s" })).toBe("asked for X: Bash date +%s");
  expect(tell("tool_rule.created", { effect: "allow", tool: "Read", shape: null })).toBe("made X: allow Read");
  expect(tell("issue.workspace_finalize_failed", { message: "Nothing to commit\nexit 1" })).toBe(
    "could not finalize the workspace of X: Nothing to commit",
  );
  expect(tell("issue.workspace_created", { branch: "boardroom/acme-4", why: "other_runner" })).toBe(
    "made a workspace for X: boardroom/acme-4, since the last one is on another machine",
  );
});

it("tells what the board decides about people, money and its rules", () => {
  expect(tell("member.role_changed", { name: "Vic", to: "operator" })).toBe("made X operator");
  expect(tell("invite.created", { email: "vic@example.com" })).toBe("invited vic@example.com");
  expect(tell("budget_policy.created", { amountCents: 2500, window: "week" })).toBe("set a budget of $25.00 a week");
  expect(tell("approval.voted", { approves: false })).toBe("voted against X");
});

it("reads actions that it does not know", () => {
  expect(tell("goal.created")).toBe("created X");
  expect(tell("agent.budget_alert")).toBe("budget alert: X");
  expect(tell("agent.something_odd_happened")).toBe("something odd happened: X");
});
