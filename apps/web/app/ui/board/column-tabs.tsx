import { type RefObject, useEffect, useState } from "react";
import type { BoardColumn } from "../../server/issue-list.ts";
import { issueLooks, StatusGlyph } from "../status-glyph.tsx";
import { countWords } from "./column.tsx";

/** On a phone one column fills the screen: these lead to the others, and take a card that is dropped on them. */
export function ColumnTabs({ columns, board }: { columns: BoardColumn[]; board: RefObject<HTMLElement> }) {
  const [seen, setSeen] = useState<string>();
  const first = columns.find(({ count }) => count > 0)?.status;
  // Once, before anybody looked: the first column may be empty, and on a phone it is all that would be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what comes later moves nobody
  useEffect(() => {
    const column = first && window.location.hash === "" && document.getElementById(`column-${first}`);
    if (column && board.current) board.current.scrollLeft = column.offsetLeft - board.current.offsetLeft;
  }, []);
  const statuses = columns.map(({ status }) => status).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns are other elements
  useEffect(() => {
    const root = board.current;
    if (!root) return;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { isIntersecting, target } of entries) if (isIntersecting) setSeen(target.id);
      },
      { root, threshold: 0.6 },
    );
    for (const column of root.querySelectorAll(".kanban-column")) observer.observe(column);
    return () => observer.disconnect();
  }, [board, statuses]);
  return (
    <nav className="tabs kanban-tabs" aria-label="Columns">
      {columns.map(({ status, count }) => (
        <a
          key={status}
          href={`#column-${status}`}
          data-drop={status}
          draggable={false}
          aria-current={seen === `column-${status}` ? "page" : undefined}
          onClick={(event) => {
            event.preventDefault();
            const column = document.getElementById(`column-${status}`);
            column?.scrollIntoView({ inline: "start", block: "nearest" });
          }}
        >
          <StatusGlyph status={status} labelled={false} />
          {issueLooks[status].label}
          <span className="faint tabular">{countWords(count)}</span>
        </a>
      ))}
    </nav>
  );
}
