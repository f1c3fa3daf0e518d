import type { PendingDecision } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { Avatar } from "../avatar.tsx";
import { ButtonLink } from "../button.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** What is answered on a page of its own: a budget that is used up, an issue that waits for somebody. */
export function PlainCard({ decision }: { decision: PendingDecision }) {
  const { base } = useCompany();
  const { kind, id, title, askedBy, issueIdentifier, since, until } = decision;
  return (
    <article className="card">
      <header className="line">
        <Avatar name={askedBy} />
        <h3>
          <Link className="card-title" to={`${base}/decisions/${kind}/${id}`}>
            {askedBy} {title}
          </Link>
        </h3>
        <span className="push faint">
          <RelativeTime at={since} />
        </span>
      </header>
      {until && (
        <p className="sub">
          Until <RelativeTime at={until} />
        </p>
      )}
      <div className="line">
        <ButtonLink to={`${base}/decisions/${kind}/${id}`} kind="primary" data-yes>
          {kind === "budget_incident" ? "Look at the budget" : `Open ${issueIdentifier ?? "it"}`}
        </ButtonLink>
      </div>
    </article>
  );
}
