import { Link } from "@remix-run/react";
import type { BulkOutcome } from "../../server/issue-list-actions.ts";
import { Notice } from "../notice.tsx";
import { useCompany } from "../use-company.ts";
import { useIsAlive } from "../use-is-alive.ts";

interface RefusedProps {
  outcome: BulkOutcome["bulk"];
  issues: readonly { id: string; identifier: string }[];
}

/** Which of many issues stayed as they were, and why; without JavaScript also how many changed. */
export function Refused({ outcome, issues }: RefusedProps) {
  const { base } = useCompany();
  const { refused, changedIds } = outcome;
  const isAlive = useIsAlive();
  if (refused.length === 0)
    return isAlive ? null : (
      <div className="refused">
        <Notice tone="good">{changedIds.length} changed.</Notice>
      </div>
    );
  return (
    <div className="refused">
      <Notice tone="attention">
        <div>
          <p>{refused.length === 1 ? "1 issue stayed as it was:" : `${refused.length} issues stayed as they were:`}</p>
          <ul>
            {refused.map(({ id, message }) => {
              const identifier = issues.find((issue) => issue.id === id)?.identifier;
              return (
                <li key={id}>
                  <Link to={`${base}/issues/${identifier ?? id}`}>{identifier ?? "An issue"}</Link>: {message}
                </li>
              );
            })}
          </ul>
        </div>
      </Notice>
    </div>
  );
}
