import type { Routine, RoutineRun, RoutineRunSource, RoutineSigningMode, RoutineTrigger } from "@boardroom/contract";
import type { Tone } from "../ui/notice.tsx";
import { describeCron } from "./cron.ts";

export const routineStates: Record<Routine["status"], { label: string; tone: Tone }> = {
  active: { label: "Active", tone: "good" },
  paused: { label: "Paused", tone: "attention" },
  archived: { label: "Archived", tone: "neutral" },
};

export const fireOutcomes: Record<RoutineRun["status"], { label: string; tone: Tone }> = {
  issue_created: { label: "Issue created", tone: "good" },
  coalesced: { label: "Added to open issue", tone: "active" },
  skipped: { label: "Skipped", tone: "neutral" },
  failed: { label: "Failed", tone: "bad" },
};

export const fireSources: Record<RoutineRunSource, string> = {
  schedule: "by schedule",
  webhook: "by webhook",
  api: "by API",
  manual: "by hand",
};

/** A choice with what it means. */
export type Choice<T extends string> = readonly [value: T, label: string, hint: string];

export const concurrencyChoices: readonly Choice<Routine["concurrencyPolicy"]>[] = [
  ["coalesce_if_active", "Add to it", "A comment goes to the open issue, and its assignee wakes."],
  ["skip_if_active", "Skip this time", "Nothing happens; the history says so."],
  ["always_enqueue", "Create another issue", "Every fire is an issue of its own."],
];

export const catchUpChoices: readonly Choice<Routine["catchUpPolicy"]>[] = [
  ["skip_missed", "Let them go", "It goes on with the next time."],
  ["enqueue_missed_with_cap", "Make up for them", "Each missed time fires, at most the last five."],
];

export const signingChoices: readonly Choice<RoutineSigningMode>[] = [
  ["hmac_sha256", "Signature", "An HMAC over time and body. Nobody can replay or change a message."],
  ["bearer", "Secret in a header", "The simplest: Authorization: Bearer. For senders that can't sign."],
  ["github_hmac", "GitHub", "GitHub's own signature: put address and secret into its webhook settings."],
];

const kinds: Record<RoutineTrigger["kind"], string> = { schedule: "Schedule", webhook: "Webhook", api: "API" };

/** What fires the routine, in a few words: "Weekdays at 09:00, Europe/Berlin". */
export function nameTrigger({ kind, label, cronExpression, timezone, signingMode }: RoutineTrigger): string {
  if (kind === "schedule") return `${describeCron(cronExpression ?? "")}, ${timezone ?? "UTC"}`;
  const mode = signingChoices.find(([value]) => value === signingMode)?.[1];
  const name = mode ? `${kinds[kind]} (${mode.toLowerCase()})` : kinds[kind];
  return label ? `${label}: ${name.toLowerCase()}` : name;
}

const fieldNames: Record<string, string> = {
  assigneeAgentId: "assignee",
  projectId: "project",
  goalId: "goal",
  concurrencyPolicy: "what happens while one is open",
  catchUpPolicy: "what happens to missed times",
};

/** In what two versions of a routine differ, in words. */
export function nameChanges(before: object, after: object): string[] {
  const other = new Map(Object.entries(after));
  return Object.entries(before)
    .filter(([key, value]) => other.has(key) && JSON.stringify(value) !== JSON.stringify(other.get(key)))
    .map(([key]) => fieldNames[key] ?? key);
}
