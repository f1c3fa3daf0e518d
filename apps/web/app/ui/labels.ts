import type { Goal, Project } from "@boardroom/contract";
import type { Tone } from "./notice.tsx";

export const goalStatuses: Record<Goal["status"], { label: string; tone: Tone }> = {
  planned: { label: "Planned", tone: "neutral" },
  active: { label: "Active", tone: "active" },
  achieved: { label: "Achieved", tone: "good" },
  cancelled: { label: "Cancelled", tone: "neutral" },
};

export const goalLevels: Record<Goal["level"], string> = {
  company: "Company",
  team: "Team",
  agent: "Agent",
  task: "Task",
};

export const projectStatuses: Record<Project["status"], { label: string; tone: Tone }> = {
  backlog: { label: "Backlog", tone: "neutral" },
  planned: { label: "Planned", tone: "neutral" },
  in_progress: { label: "In progress", tone: "active" },
  completed: { label: "Completed", tone: "good" },
  cancelled: { label: "Cancelled", tone: "neutral" },
};

/** Options of a select out of a table of labels. */
export function optionsFrom<K extends string>(labels: Record<K, string | { label: string }>): (readonly [K, string])[] {
  return (Object.keys(labels) as K[]).map((key) => {
    const entry = labels[key];
    return [key, typeof entry === "string" ? entry : entry.label] as const;
  });
}

/** Options of a select out of named things, with none first. */
export function optionsOf(
  things: readonly { id: string; name: string }[],
  none: string,
): (readonly [string, string])[] {
  return [["", none], ...things.map(({ id, name }) => [id, name] as const)];
}
