import type { IssueDetail } from "@boardroom/contract";
import Plus from "lucide-react/icons/plus";
import { ButtonLink } from "../button.tsx";
import { IssueRow } from "../issue-row.tsx";
import { Section } from "../page.tsx";
import { useCompany } from "../use-company.ts";

/** What the issue was split into: open ones first, the ended folded away. */
export function SubIssues({ issue }: { issue: Pick<IssueDetail, "identifier" | "children"> }) {
  const { base } = useCompany();
  const ended = issue.children.filter(({ status }) => status === "done" || status === "cancelled");
  const open = issue.children.filter((child) => !ended.includes(child));
  return (
    <Section
      title="Sub-issues"
      aside={
        <>
          {issue.children.length > 0 && (
            <span className="faint tabular">
              {ended.length} of {issue.children.length} done
            </span>
          )}
          <ButtonLink
            className="push"
            to={`${base}/issues/new?parent=${issue.identifier}`}
            aria-label="Add a sub-issue"
          >
            <Plus size={16} aria-hidden="true" />
          </ButtonLink>
        </>
      }
    >
      {issue.children.length === 0 && <p className="faint">None.</p>}
      {open.length > 0 && <Rows issues={open} />}
      {ended.length > 0 && (
        <details className="note" open={open.length === 0 && ended.length <= 5}>
          <summary>{ended.length} done</summary>
          <Rows issues={ended} />
        </details>
      )}
    </Section>
  );
}

function Rows({ issues }: { issues: IssueDetail["children"] }) {
  return (
    <div className="bordered">
      {issues.map((child) => (
        <IssueRow key={child.id} issue={child} />
      ))}
    </div>
  );
}
