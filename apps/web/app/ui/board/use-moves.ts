import type { IssueStatus } from "@boardroom/contract";
import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { canGoBack, statesFrom } from "../../format/next-states.ts";
import type { BoardColumn, ListedIssue } from "../../server/issue-list.ts";
import { issueLooks } from "../status-glyph.tsx";
import { useToast } from "../toast.tsx";
import { changeStatus } from "./change-issue.ts";
import { withMoves } from "./with-moves.ts";

/** Where a card stands on the screen before the server's page says so. */
interface Move {
  to: IssueStatus;
  /** Pages that may still come from before the change; not known until the server has taken it. */
  staleLeft: number | null;
}

/**
 * Moves cards at once and takes them back with the reason when the server refuses.
 * @param askWhy opens the form that an issue needs to be blocked
 */
export function useMoves(columns: BoardColumn[], askWhy: (issue: ListedIssue) => void) {
  const [moves, setMoves] = useState<ReadonlyMap<string, Move>>(new Map());
  const { revalidate } = useRevalidator();
  const toast = useToast();
  const latest = useRef(columns);

  // A page that was read just before the change may come just after it: that one must not move the card back for a moment.
  useEffect(() => {
    if (latest.current === columns) return;
    latest.current = columns;
    const stands = new Map(columns.flatMap(({ issues }) => issues).map(({ id, status }) => [id, status]));
    setMoves((before) => new Map([...before].flatMap(([id, move]) => keepUntilSeen(id, move, stands.get(id)))));
  }, [columns]);

  const put = (id: string, move: Move | null) =>
    setMoves((before) => {
      const next = new Map(before);
      if (move) next.set(id, move);
      else next.delete(id);
      return next;
    });

  async function move(issue: ListedIssue, to: IssueStatus): Promise<void> {
    const from = issue.status;
    if (from === to) return;
    const label = issueLooks[to].label;
    if (!statesFrom(from).includes(to))
      return toast({ text: `${issue.identifier} can't go from ${issueLooks[from].label} to ${label}` });
    if (to === "blocked" && !issue.waits) return askWhy(issue);
    put(issue.id, { to, staleLeft: null });
    const refusal = await changeStatus(issue.id, to);
    put(issue.id, refusal ? null : { to, staleLeft: 1 });
    if (refusal?.code === "blocked_without_owner") return askWhy(issue);
    if (refusal) return toast({ text: `${issue.identifier} stays ${issueLooks[from].label}: ${refusal.message}` });
    revalidate();
    const undo = () => void move({ ...issue, status: to }, from);
    toast({ text: `${issue.identifier} is ${label}`, undo: canGoBack(from, to) ? undo : undefined });
  }

  return { shown: withMoves(columns, new Map([...moves].map(([id, { to }]) => [id, to]))), move };
}

function keepUntilSeen(id: string, move: Move, stands: IssueStatus | undefined): [string, Move][] {
  if (move.staleLeft === null) return [[id, move]];
  return stands === move.to || move.staleLeft === 0 ? [] : [[id, { ...move, staleLeft: move.staleLeft - 1 }]];
}
