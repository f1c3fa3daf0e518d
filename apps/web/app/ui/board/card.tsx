import { Link } from "@remix-run/react";
import type { ListedIssue } from "../../server/issue-list.ts";
import { Avatar } from "../avatar.tsx";
import { LabelTags } from "../label-dot.tsx";
import { more } from "../nav-places.ts";
import { PriorityGlyph } from "../priority-glyph.tsx";
import { SheetLink } from "../sheet.tsx";
import { useCompany } from "../use-company.ts";

export interface CardLabel {
  id: string;
  name: string;
  color: string;
}

interface CardProps {
  issue: ListedIssue;
  assignee: string | undefined;
  labels: CardLabel[];
}

/** An issue on the board. The whole card opens it and is what one drags; its menu moves it without dragging. */
export function Card({ issue, assignee, labels }: CardProps) {
  const { base } = useCompany();
  const { identifier, title, priority, labelIds, blockedAction, status } = issue;
  const own = labels.filter(({ id }) => labelIds.includes(id));
  return (
    <li className="kanban-card" data-issue={issue.id}>
      <header>
        <span className="id">{identifier}</span>
        <SheetLink
          sheet={`move-${identifier}`}
          leadsTo="issues.update"
          className="kanban-menu"
          aria-label={`Move ${identifier}`}
          aria-keyshortcuts="m"
          replace
          draggable={false}
        >
          <more.Icon size={16} aria-hidden="true" />
        </SheetLink>
      </header>
      <Link to={`${base}/issues/${identifier}`} className="row-link" draggable={false}>
        {title}
      </Link>
      {status === "blocked" && blockedAction && <p className="kanban-note">{blockedAction}</p>}
      <footer>
        {issue.isUnread && <span className="unread-dot" role="img" aria-label="Unread" />}
        <PriorityGlyph priority={priority} />
        {own.length > 0 && <LabelTags labels={own} />}
        {assignee && (
          <span className="push" title={assignee}>
            <Avatar name={assignee} />
            <span className="visually-hidden">{assignee}</span>
          </span>
        )}
      </footer>
    </li>
  );
}
