import type { Approval, Issue } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { Notice } from "../notice.tsx";
import { useCompany } from "../use-company.ts";

interface PlanOutcomeProps {
  approval: Approval;
  agents: { id: string; name: string; urlKey: string }[];
  issues: Pick<Issue, "id" | "identifier" | "title">[];
  requester: string;
}

/** What became of a plan: who and what is there now, or why nothing is. */
export function PlanOutcome({ approval, agents, issues, requester }: PlanOutcomeProps) {
  const { base } = useCompany();
  if (approval.status === "rejected") return <Notice tone="neutral">Rejected. {requester} was told.</Notice>;
  if (approval.status === "cancelled") return <Notice tone="neutral">{requester} withdrew this plan.</Notice>;
  if (approval.status === "revision_requested")
    return <Notice tone="attention">Sent back. {requester} works on another version.</Notice>;
  if (approval.status !== "approved") return null;
  if (approval.effectedAt === null)
    return <Notice tone="attention">Approved. It begins once the time to undo is over.</Notice>;
  if (agents.length + issues.length === 0) return <Notice tone="good">Approved.</Notice>;
  return (
    <div className="stack" data-tight>
      <Notice tone="good">Approved. This is what it brought:</Notice>
      {agents.length > 0 && (
        <ul className="bordered" aria-label="Hired">
          {agents.map(({ id, name, urlKey }) => (
            <li className="row" key={id}>
              <Link className="row-link" to={`${base}/agents/${urlKey}`}>
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {issues.length > 0 && (
        <ul className="bordered" aria-label="Begun">
          {issues.map(({ id, identifier, title }) => (
            <li className="row" key={id}>
              <span className="id">{identifier}</span>
              <Link className="row-link" to={`${base}/issues/${identifier}`}>
                {title}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
