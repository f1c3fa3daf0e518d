import type { IssueStatus } from "@boardroom/contract";
import { issueLooks } from "../status-glyph.tsx";

/** States in the order in which a list shows them: what moves first. */
export const groupOrder: IssueStatus[] = [
  "in_progress",
  "in_review",
  "blocked",
  "todo",
  "backlog",
  "done",
  "cancelled",
];

export const statusOptions = [
  ["", "Open"],
  ...groupOrder.map((status) => [status, issueLooks[status].label] as const),
  ["all", "All states"],
] as const;
