import { home, inbox, running, search, settings, work } from "../nav-places.ts";

/** Something to do or a place to go. */
export interface Command {
  label: string;
  /** Where it leads: below the company's path, or of this page when it begins with a question mark. */
  to: string;
  group: "Do" | "Go to";
}

const go = (label: string, to: string): Command => ({ label, to, group: "Go to" });
const act = (label: string, to: string): Command => ({ label, to, group: "Do" });

const everywhere: Command[] = [
  act("New issue", "/issues/new"),
  act("Hire an agent", "/agents/new"),
  act("New project", "/projects/new"),
  act("New goal", "/goals/new"),
  act("New routine", "/routines/new"),
  act("Connect a machine", "/runners/new"),
  act("Invite somebody", "/settings/members/invite"),
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
  go("Audit", "/settings/audit"),
];

const onIssue: Command[] = [
  act("Change its state", "?sheet=status"),
  act("Assign it", "?sheet=assigneeAgentId"),
  act("Set its priority", "?sheet=priority"),
  act("Label it", "?sheet=labels"),
  act("Edit it", "?sheet=edit"),
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
