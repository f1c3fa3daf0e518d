import type { IssueStatus } from "@boardroom/contract";
import { useNavigate, useSearchParams } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { statesFrom } from "../../format/next-states.ts";
import type { BoardColumn, ListedIssue } from "../../server/issue-list.ts";
import type { CardLabel } from "./card.tsx";
import { focusCard, pressOnCard } from "./card-keys.ts";
import { Column } from "./column.tsx";
import { ColumnTabs } from "./column-tabs.tsx";
import { MoveSheets } from "./move-sheets.tsx";
import { useDragging } from "./use-dragging.ts";
import { useMoves } from "./use-moves.ts";

interface Named {
  id: string;
  name: string;
}

interface IssueBoardProps {
  columns: BoardColumn[];
  agents: Named[];
  members: Named[];
  labels: CardLabel[];
}

/** The issues as cards in a column for each state: dragged, moved by keys or by a menu, with the way back. */
export function IssueBoard({ columns, agents, members, labels }: IssueBoardProps) {
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { named, open, close } = useCardSheet();
  const { shown, move } = useMoves(columns, (issue) => open("block", issue));
  const issueOf = (id: string) => shown.flatMap(({ issues }) => issues).find((issue) => issue.id === id);
  const refocus = useRef<string>();
  const moveAndFollow = (issue: ListedIssue, to: IssueStatus) => {
    refocus.current = issue.id;
    void move(issue, to);
  };
  useEffect(() => {
    if (refocus.current) focusCard({ id: refocus.current });
    refocus.current = undefined;
  });
  useDragging(frame, {
    canDrop: (id, target) => statesFrom(issueOf(id)?.status ?? "cancelled").some((status) => status === target),
    onDrop: (id, target) => {
      const issue = issueOf(id);
      const to = columns.find(({ status }) => status === target)?.status;
      if (issue && to) void move(issue, to);
    },
  });
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  const asked = shown.flatMap(({ issues }) => issues).find(({ identifier }) => identifier === named);
  return (
    <div className="kanban-frame" ref={frame}>
      <ColumnTabs columns={shown} board={scroller} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the links in it */}
      <div
        className="kanban"
        ref={scroller}
        onKeyDown={(event) =>
          pressOnCard(event, { columns: shown, move: moveAndFollow, openMenu: (issue) => open("move", issue) })
        }
      >
        {shown.map((column) => (
          <Column key={column.status} column={column} names={names} labels={labels} />
        ))}
      </div>
      {asked && (
        <MoveSheets
          issue={asked}
          members={members}
          agents={agents}
          onMove={(to) => {
            close();
            moveAndFollow(asked, to);
          }}
        />
      )}
    </div>
  );
}

/** Which card's menu is open, by the address; when it closes, the card has the focus again. */
function useCardSheet() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const [, named] = /^(?:move|block)-(.+)$/.exec(search.get("sheet") ?? "") ?? [];
  const last = useRef<string>();
  useEffect(() => {
    const closed = named === undefined ? last.current : undefined;
    last.current = named;
    if (closed) document.querySelector<HTMLElement>(`.kanban a[href$="/issues/${closed}"]`)?.focus();
  }, [named]);
  const show = (sheet: string | null) => {
    const next = new URLSearchParams(search);
    if (sheet === null) next.delete("sheet");
    else next.set("sheet", sheet);
    navigate(`?${next}`, { replace: true, preventScrollReset: true });
  };
  return {
    named,
    open: (kind: "move" | "block", { identifier }: ListedIssue) => show(`${kind}-${identifier}`),
    close: () => show(null),
  };
}
