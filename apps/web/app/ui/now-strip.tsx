import type { RunListItem } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { nameWait } from "../format/wake.ts";
import { useFreshened } from "../live/use-freshened.ts";
import { Avatar } from "./avatar.tsx";
import { Liveness } from "./liveness.tsx";
import { Money } from "./money.tsx";
import { sourceTitles } from "./run-status.tsx";
import { EmptyState } from "./states.tsx";
import { StopButton } from "./stop-button.tsx";
import { Elapsed, RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

interface NowStripProps {
  runs: RunListItem[];
  hasMore: boolean;
}

/** What runs now, side by side: swiped on a phone, in columns on a desktop. */
export function NowStrip({ runs, hasMore }: NowStripProps) {
  const { base } = useCompany();
  useFreshened(runs.length > 0);
  if (runs.length === 0) {
    return (
      <div className="bordered">
        <EmptyState>No agent is running. Assigning an issue wakes its agent.</EmptyState>
      </div>
    );
  }
  return (
    <ul className="now-strip">
      {runningFirst(runs).map((run) => (
        <NowCard key={run.id} run={run} />
      ))}
      {hasMore && (
        <li className="now-card" data-more>
          <Link className="link" to={`${base}/runs?status=running`}>
            All that run
          </Link>
        </li>
      )}
    </ul>
  );
}

/** What waits stands behind what runs. */
function runningFirst(runs: RunListItem[]): RunListItem[] {
  return [...runs].sort((a, b) => Number(a.status === "queued") - Number(b.status === "queued"));
}

function NowCard({ run }: { run: RunListItem }) {
  const { base } = useCompany();
  return (
    <li className="now-card">
      <p className="line">
        <Avatar name={run.agentName} />
        <Link className="now-name clip" to={`${base}/runs/${run.id}`}>
          {run.agentName}
        </Link>
        <Liveness run={run} />
      </p>
      <p className="now-task clip">
        {run.issueIdentifier ? (
          <Link to={`${base}/issues/${run.issueIdentifier}`}>
            <span className="faint">{run.issueIdentifier}</span> {run.issueTitle}
          </Link>
        ) : (
          <span className="muted">{sourceTitles[run.invocationSource]}</span>
        )}
      </p>
      <div className="now-foot">
        <p className="sub">
          {run.startedAt ? (
            <>
              <Elapsed from={run.startedAt} to={null} /> · <Money cents={run.costCents} />
            </>
          ) : run.waitReason ? (
            `Waits: ${nameWait(run.waitReason)}`
          ) : (
            <>
              queued <RelativeTime at={run.createdAt} />
            </>
          )}
        </p>
        {run.status === "running" && (
          <Link className="button" data-kind="quiet" to={`${base}/agents/${run.agentId}?sheet=stop`}>
            Stop agent<span className="visually-hidden"> {run.agentName}</span>
          </Link>
        )}
        <StopButton runId={run.id} isStopping={run.cancelRequestedAt !== null} />
      </div>
    </li>
  );
}
