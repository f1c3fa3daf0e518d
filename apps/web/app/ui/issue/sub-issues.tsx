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
  const adding = `${base}/issues/new?parent=${issue.identifier}`;
  if (issue.children.length === 0) {
    return (
      <div className="line" data-offer>
        <ButtonLink kind="quiet" to={adding} leadsTo="issues.createChild">
          <Plus size={16} aria-hidden="true" />
          Add a sub-issue
        </ButtonLink>
      </div>
    );
  }
  return (
    <Section
      title="Sub-issues"
      aside={
        <>
          <span className="faint tabular">
            {ended.length} of {issue.children.length} done
          </span>
          <ButtonLink className="push" to={adding} leadsTo="issues.createChild" aria-label="Add a sub-issue">
            <Plus size={16} aria-hidden="true" />
          </ButtonLink>
        </>
      }
    >
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
