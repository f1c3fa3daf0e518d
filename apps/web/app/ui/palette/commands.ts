import type { OperationId } from "@boardroom/contract";
import { home, inbox, running, search, settings, work } from "../nav-places.ts";

/** Something to do or a place to go. */
export interface Command {
  label: string;
  /** Where it leads: below the company's path, or of this page when it begins with a question mark. */
  to: string;
  group: "Do" | "Go to";
  /** What it leads to; offered to whoever may call that. */
  calls?: OperationId;
}

const go = (label: string, to: string): Command => ({ label, to, group: "Go to" });
const act = (label: string, to: string, calls?: OperationId): Command => ({ label, to, group: "Do", calls });

const everywhere: Command[] = [
  act("New issue", "/issues/new", "issues.create"),
  act("Hire an agent", "/agents/new", "agents.create"),
  act("Hire a team", "/agents/team", "agents.hireTeam"),
  act("New project", "/projects/new", "projects.create"),
  act("New goal", "/goals/new", "goals.create"),
  act("New routine", "/routines/new", "routines.create"),
  act("Connect a machine", "/runners/new", "runnerCodes.create"),
  act("Invite somebody", "/settings/members/invite", "invites.create"),
  ...[home, inbox, search, ...work].map(({ label, to }) => go(label, to)),
  go("Board of issues", "/issues?view=board"),
  ...running.map(({ label, to }) => go(label, to)),
  go("Budgets", "/costs/budgets"),
  go(settings.label, settings.to),
  go("Members", "/settings/members"),
  go("Labels", "/settings/labels"),
  go("Secrets", "/settings/secrets"),
  go("Skills", "/settings/skills"),
  go("Tool rules", "/settings/tool-rules"),
  go("Notifications", "/settings/notifications"),
  go("Webhooks", "/settings/webhooks"),
  go("Audit", "/settings/audit"),
];

const onIssue: Command[] = [
  act("Change its state", "?sheet=status", "issues.update"),
  act("Assign it", "?sheet=assigneeAgentId", "issues.update"),
  act("Set its priority", "?sheet=priority", "issues.update"),
  act("Label it", "?sheet=labels", "issues.update"),
  act("Edit it", "?sheet=edit", "issues.update"),
];

/** What the palette offers on a page, given below the company's path. */
export function commandsOf(path: string): Command[] {
  return /^\/issues\/[a-z][a-z0-9]*-\d+$/i.test(path) ? [...onIssue, ...everywhere] : everywhere;
}

/** Those that have all the words, the ones that begin with what was typed first. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
  const begins = ({ label }: Command) => label.toLowerCase().startsWith(words[0] ?? "");
  return [...found.filter(begins), ...found.filter((command) => !begins(command))];
}
