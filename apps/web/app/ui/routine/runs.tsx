import type { Page as PageOf, RoutineRun } from "@boardroom/contract";
import { Link, useSearchParams } from "@remix-run/react";
import { fireOutcomes, fireSources } from "../../format/routine.ts";
import { Tag } from "../notice.tsx";
import { EmptyState, ListEnd } from "../states.tsx";
import { StatusGlyph } from "../status-glyph.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** Every fire with what came of it. */
export function RoutineRuns({ page }: { page: PageOf<RoutineRun> }) {
  const [search] = useSearchParams();
  return (
    <>
      <ul className="bordered">
        {page.items.map((run) => (
          <FireRow key={run.id} run={run} />
        ))}
        {page.items.length === 0 && (
          <li>
            <EmptyState>
              It has not fired yet. Each time stands here with the issue that it made, or why it made none.
            </EmptyState>
          </li>
        )}
      </ul>
      {page.nextCursor && <ListEnd nextCursor={page.nextCursor} search={search} all="" />}
    </>
  );
}

function FireRow({ run }: { run: RoutineRun }) {
  const { base } = useCompany();
  const { linkedIssue: issue, explanation, missedCount } = run;
  const missed = missedCount > 0 ? `${missedCount === 1 ? "1 missed time" : `${missedCount} missed times`} · ` : "";
  return (
    <li className="row" data-tall data-wrap>
      {issue && <StatusGlyph status={issue.status} />}
      <div className="row-text">
        {issue ? (
          <Link className="row-link" to={`${base}/issues/${issue.identifier}`}>
            {issue.identifier} {issue.title}
          </Link>
        ) : (
          <span>{explanation ?? fireOutcomes[run.status].label}</span>
        )}
        <small>
          {missed}
          fired {fireSources[run.source]}
          {issue && explanation && ` · ${explanation}`}
        </small>
      </div>
      <div className="meta">
        <Tag tone={fireOutcomes[run.status].tone}>{fireOutcomes[run.status].label}</Tag>
        <RelativeTime at={run.scheduledFor ?? run.triggeredAt} />
      </div>
    </li>
  );
}
