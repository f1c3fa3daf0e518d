import { Link, useSearchParams } from "@remix-run/react";
import { mostInColumn, showMore } from "../../format/shown-columns.ts";
import type { BoardColumn } from "../../server/issue-list.ts";
import { issueLooks, StatusGlyph } from "../status-glyph.tsx";
import { Card, type CardLabel } from "./card.tsx";

interface ColumnProps {
  column: BoardColumn;
  names: ReadonlyMap<string, string>;
  labels: CardLabel[];
}

export const countWords = (count: number) => (count >= 1000 ? "1,000+" : String(count));

/** The issues of one state, as many as were asked for. */
export function Column({ column, names, labels }: ColumnProps) {
  const { status, count, issues } = column;
  const { label } = issueLooks[status];
  return (
    <section className="kanban-column" id={`column-${status}`} data-drop={status} aria-label={label}>
      <h2>
        <StatusGlyph status={status} labelled={false} />
        {label}
        <span className="faint tabular">{countWords(count)}</span>
      </h2>
      <ul>
        {issues.map((issue) => (
          <Card key={issue.id} issue={issue} assignee={names.get(issue.assigneeAgentId ?? "")} labels={labels} />
        ))}
      </ul>
      {count > issues.length && <More column={column} />}
    </section>
  );
}

function More({ column: { status, count, issues } }: { column: BoardColumn }) {
  const [search] = useSearchParams();
  const next = new URLSearchParams(search);
  const isLongest = issues.length >= mostInColumn;
  if (isLongest) {
    for (const name of ["view", "show"]) next.delete(name);
    next.set("status", status);
  } else next.set("show", showMore(search.get("show"), status));
  return (
    <Link className="button kanban-more" to={`?${next}`} replace={!isLongest} preventScrollReset={!isLongest}>
      {isLongest ? "Show the list" : `Show more of ${countWords(count)}`}
    </Link>
  );
}
