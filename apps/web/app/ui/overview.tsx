import type { Overview as OverviewData } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { Avatar } from "./avatar.tsx";
import { ButtonLink } from "./button.tsx";
import { Spend } from "./money.tsx";
import { Tag } from "./notice.tsx";
import { Section } from "./page.tsx";
import { RelativeTime } from "./time.tsx";

/** All of one's companies with what happens in them, and one queue of what waits in any of them. */
export function Overview({ overview: { companies, decisions } }: { overview: OverviewData }) {
  const baseOf = (companyId: string) =>
    `/${companies.find(({ id }) => id === companyId)?.issuePrefix.toLowerCase() ?? ""}`;
  const nameOf = (companyId: string) => companies.find(({ id }) => id === companyId)?.name ?? "";
  return (
    <div className="stack" data-wide>
      <div className="bordered">
        {companies.map((company) => (
          <div className="row" key={company.id} data-tall>
            <Avatar name={company.name} size={28} />
            <div className="row-text">
              <Link to={`/${company.issuePrefix.toLowerCase()}`} className="row-link">
                {company.name}
              </Link>
              <small>
                {company.liveRuns > 0 ? `${company.liveRuns} running` : "nothing running"} · {company.openIssues} open ·{" "}
                <Spend spentCents={company.spentMonthlyCents} budgetCents={company.budgetMonthlyCents} />
              </small>
            </div>
            <div className="meta">
              {company.pendingDecisions > 0 && <Tag tone="attention">{company.pendingDecisions} to decide</Tag>}
              {company.status !== "active" && <Tag>{company.status}</Tag>}
            </div>
          </div>
        ))}
      </div>
      <Section title="Needs you">
        {decisions.length === 0 ? (
          <p className="muted">Nothing needs you.</p>
        ) : (
          <div className="bordered">
            {decisions.map(({ kind, id, companyId, askedBy, title, issueIdentifier, isUrgent, since }) => (
              <div className="row" key={`${kind} ${id}`} data-tall>
                <div className="row-text">
                  <Link className="row-link" to={`${baseOf(companyId)}/decisions/${kind}/${id}`}>
                    {askedBy} {title}
                  </Link>
                  <small>
                    {nameOf(companyId)}
                    {issueIdentifier && ` · ${issueIdentifier}`} · <RelativeTime at={since} />
                  </small>
                </div>
                {isUrgent && <Tag tone="attention">Urgent</Tag>}
              </div>
            ))}
          </div>
        )}
      </Section>
      <div className="line">
        <ButtonLink to="/welcome">New company</ButtonLink>
      </div>
    </div>
  );
}
