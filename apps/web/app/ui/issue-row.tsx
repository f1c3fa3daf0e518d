import type { Issue } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Avatar } from "./avatar.tsx";
import { PriorityGlyph } from "./priority-glyph.tsx";
import { StatusGlyph } from "./status-glyph.tsx";
import { RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

type RowIssue = Pick<Issue, "identifier" | "title" | "status"> & Partial<Pick<Issue, "priority" | "updatedAt">>;

interface IssueRowProps {
  issue: RowIssue;
  assignee?: string | undefined;
  /** What can be done with the row beside opening it: a form. */
  aside?: ReactNode;
}

export function IssueRow({ issue, assignee, aside }: IssueRowProps) {
  const { base } = useCompany();
  return (
    <div className="row issue-row">
      <StatusGlyph status={issue.status} />
      <span className="id">{issue.identifier}</span>
      <Link to={`${base}/issues/${issue.identifier}`} className="row-link">
        {issue.title}
      </Link>
      <div className="meta">
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
