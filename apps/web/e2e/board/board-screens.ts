import type { PaperBoard } from "./paper-board.ts";
import type { PaperCompany } from "./paper-company.ts";

/** The screens, beside those of every company, by which a board decides, hires people, keeps secrets and money, and looks back. */
export function boardScreensOf({ base, agentKey }: PaperCompany, board: PaperBoard): string[] {
  const { people, decisions, work, rules } = board;
  const approval = (id: string) => `decisions/approval/${id}`;
  const reviewed = `issues/${work.reviewedIssue}`;
  const secret = `settings/secrets/${rules.secretId}`;
  const inside = [
    "inbox?tab=later",
    ...[decisions.pendingId, decisions.decidedId, decisions.graceId, decisions.rejectedId].map(approval),
    `decisions/interaction/${decisions.questionId}`,
    `plans/${decisions.planId}`,
    `plans/${decisions.approvedPlanId}`,
    reviewed,
    ...["reviews", "criteria", `evidence-${work.criterionId}`, "override-done", "blocked", "escalate"].map(
      (sheet) => `${reviewed}?sheet=${sheet}`,
    ),
    `${reviewed}/history`,
    `${reviewed}/history?at=${work.before}`,
    `issues/${work.heldIssue}`,
    `issues/${work.heldChild}?sheet=pause-tree`,
    `issues/${work.heldChild}?sheet=cancel-tree`,
    `issues/${work.blockedIssue}`,
    `agents/${rules.brokeAgent}`,
    `agents/${rules.brokeAgent}?tab=configuration`,
    `agents/${agentKey}?tab=instructions&version=1`,
    `costs/budgets?sheet=budget-${rules.policyId}`,
    `costs/budgets?sheet=delete-budget-${rules.policyId}`,
    `costs/events?sheet=correct-${rules.costEventId}`,
    "activity?type=approval",
    ...["decisions", "notifications", "audit", "members", "members/invite", "secrets", "secrets/new"].map(
      (page) => `settings/${page}`,
    ),
    "settings/decisions?sheet=hire_agent",
    ...[`member-${people.memberId}`, "leave"].map((sheet) => `settings/members?sheet=${sheet}`),
    secret,
    ...["webhooks", "webhooks/new"].map((page) => `settings/${page}`),
    ...["", "?sheet=missed", "?sheet=disable", "?sheet=rotate", "?sheet=delete"].map(
      (sheet) => `settings/webhooks/${rules.endpointId}${sheet}`,
    ),
    ...["rotate", "disable", "delete"].map((sheet) => `${secret}?sheet=${sheet}`),
  ];
  return [
    "/",
    "/device",
    `/device?code=${people.deviceCode}`,
    "/device?code=2222-2222",
    `/join/${people.openToken}`,
    ...inside.map((path) => `${base}/${path}`),
  ];
}

/** What somebody who isn't signed in sees of an invite. */
export const strangerScreensOf = ({ people }: PaperBoard) => [`/join/${people.linkToken}`, `/join/${"x".repeat(43)}`];

/** The screens of a company in which nothing has happened yet. */
export const emptyScreens = [
  "",
  ...["inbox", "inbox?tab=later", "inbox?tab=decided", "agents", "agents/team", "routines", "runners", "org"],
  ...["start", "start/ceo", "start/ready"],
  ...["costs", "costs/events", "costs/budgets", "activity?type=secret", "settings/members", "settings/secrets"],
  ...["settings/audit", "settings/notifications", "settings/webhooks"],
].map((path) => (path === "" ? "" : `/${path}`));
