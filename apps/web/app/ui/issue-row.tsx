import type { IssueListItem } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Avatar } from "./avatar.tsx";
import { PriorityGlyph } from "./priority-glyph.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import { RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

type RowIssue = Pick<IssueListItem, "identifier" | "title" | "status"> &
  Partial<Pick<IssueListItem, "priority" | "updatedAt" | "isUnread">>;

interface IssueRowProps {
  issue: RowIssue;
  assignee?: string | undefined;
  /** What can be done with the row beside opening it: a form. */
  aside?: ReactNode;
  /** The box that chooses it. */
  pick?: ReactNode;
  /** Its labels. */
  tags?: ReactNode;
}

export function IssueRow({ issue, assignee, aside, pick, tags }: IssueRowProps) {
  const { base } = useCompany();
  return (
    <div className="row issue-row">
      {pick}
      <StatusGlyph status={issue.status} />
      <span className="id">{issue.identifier}</span>
      <Link to={`${base}/issues/${issue.identifier}`} className="row-link">
        {issue.title}
      </Link>
      <div className="meta">
        {tags && <span className="wide-only row-tags">{tags}</span>}
        {issue.isUnread && <span className="unread-dot" role="img" aria-label="Unread" />}
        {issue.priority && <PriorityGlyph priority={issue.priority} />}
        <span className="line who" title={assignee}>
          {assignee && <Avatar name={assignee} />}
          {assignee && <span className="wide-only clip">{assignee}</span>}
        </span>
        {issue.updatedAt && (
          <span className="wide-only when">
            <RelativeTime at={issue.updatedAt} />
          </span>
        )}
      </div>
      {aside}
    </div>
  );
}
