import type { IssueStatus } from "@boardroom/contract";
import type { KeyboardEvent } from "react";
import { statesFrom } from "../../format/next-states.ts";
import type { BoardColumn, ListedIssue } from "../../server/issue-list.ts";

interface Acts {
  columns: BoardColumn[];
  move: (issue: ListedIssue, to: IssueStatus) => void;
  openMenu: (issue: ListedIssue) => void;
}

/** Arrows go from card to card, with Shift they move the card to the next column that it may enter, `m` lists the states. */
export function pressOnCard(event: KeyboardEvent<HTMLElement>, { columns, move, openMenu }: Acts): void {
  if (event.metaKey || event.ctrlKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  const id = event.target.closest<HTMLElement>("[data-issue]")?.dataset.issue;
  const at = columns.findIndex(({ issues }) => issues.some((issue) => issue.id === id));
  const issue = columns[at]?.issues.find((each) => each.id === id);
  if (!issue) return;
  const row = columns[at]?.issues.indexOf(issue) ?? 0;
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (event.key === "m") openMenu(issue);
  else if (step !== 0 && event.shiftKey) {
    const to = nextState(columns, at, step, issue);
    if (to) move(issue, to);
  } else if (step !== 0) focusCard(cardBeside(columns, at, step, row));
  else if (event.key === "ArrowDown") focusCard(columns[at]?.issues[row + 1]);
  else if (event.key === "ArrowUp") focusCard(columns[at]?.issues[row - 1]);
  else return;
  event.preventDefault();
}

/** The next column in this direction that the issue may enter. */
export function nextState(
  columns: BoardColumn[],
  at: number,
  step: 1 | -1,
  issue: ListedIssue,
): IssueStatus | undefined {
  const allowed = statesFrom(issue.status);
  const ahead = step === 1 ? columns.slice(at + 1) : columns.slice(0, at).reverse();
  return ahead.find(({ status }) => allowed.includes(status))?.status;
}

/** The card at the same height of the next column that has any. */
export function cardBeside(columns: BoardColumn[], at: number, step: 1 | -1, row: number): ListedIssue | undefined {
  const ahead = step === 1 ? columns.slice(at + 1) : columns.slice(0, at).reverse();
  const issues = ahead.find((column) => column.issues.length > 0)?.issues;
  return issues?.[Math.min(row, issues.length - 1)];
}

/** Puts the focus on a card. */
export function focusCard(issue: Pick<ListedIssue, "id"> | undefined): void {
  if (issue) document.querySelector<HTMLElement>(`[data-issue="${CSS.escape(issue.id)}"] .row-link`)?.focus();
}
