import type { Page as PageOf, WakeListItem } from "@boardroom/contract";
import { Link, useSearchParams } from "@remix-run/react";
import { nameCause, nameSkip, nameWait } from "../../format/wake.ts";
import { Money } from "../money.tsx";
import { Tag } from "../notice.tsx";
import { runLooks } from "../run-status.tsx";
import { EmptyState, ListEnd } from "../states.tsx";
import { Elapsed, RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** Why the agent woke, and why it did not. */
export function AgentWakes({ page }: { page: PageOf<WakeListItem> }) {
  const [search] = useSearchParams();
  if (page.items.length === 0) {
    return (
      <EmptyState>
        Nothing woke it yet. Each cause is written down here, also the ones that were skipped, with the reason.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="bordered">
        {page.items.map((wake) => (
          <WakeRow key={wake.id} wake={wake} />
        ))}
      </ul>
      <ListEnd nextCursor={page.nextCursor} search={search} all="These are all." />
    </>
  );
}

function WakeRow({ wake }: { wake: WakeListItem }) {
  const { base } = useCompany();
  const isSkipped = wake.status === "skipped";
  const title = isSkipped ? `Not woken: ${nameSkip(wake.skipReason ?? "unknown")}` : `Woken by ${nameCause(wake)}`;
  return (
    <li className="row" data-tall data-wrap>
      <div className="row-text">
        {wake.runId && wake.run ? (
          <Link className="row-link" data-wrap to={`${base}/runs/${wake.runId}`}>
            {title}
          </Link>
        ) : (
          <span>{title}</span>
        )}
        <small>
          <Outcome wake={wake} isSkipped={isSkipped} />
        </small>
      </div>
      <div className="meta">
        {wake.run && <Tag tone={runLooks[wake.run.status].tone}>{runLooks[wake.run.status].label}</Tag>}
        {wake.parentRunId && (
          <Link className="link above" to={`${base}/runs/${wake.parentRunId}`}>
            Cause
            <span className="visually-hidden">: the run that woke it</span>
          </Link>
        )}
        <RelativeTime at={wake.createdAt} />
      </div>
    </li>
  );
}

/** "3 merged · ran 2m 10s · $0.12", or what it waits for, or what would have woken it. */
function Outcome({ wake, isSkipped }: { wake: WakeListItem; isSkipped: boolean }) {
  const { run, coalescedCount } = wake;
  const parts: JSX.Element[] = [];
  if (isSkipped) parts.push(<span key="cause">The cause: {nameCause(wake)}</span>);
  if (coalescedCount > 0) parts.push(<span key="merged">{coalescedCount} merged</span>);
  if (run?.status === "queued") {
    parts.push(<span key="wait">{run.waitReason ? `Waits: ${nameWait(run.waitReason)}` : "Waits to start"}</span>);
  }
  if (run?.startedAt) {
    parts.push(
      <span key="ran">
        {run.finishedAt ? "ran " : "runs for "}
        <Elapsed from={run.startedAt} to={run.finishedAt} />
      </span>,
    );
  }
  if (run && run.costCents > 0) parts.push(<Money key="cost" cents={run.costCents} />);
  if (wake.issueTitle && !isSkipped) parts.push(<span key="issue">{wake.issueTitle}</span>);
  return parts.flatMap((part, at) => (at === 0 ? [part] : [" · ", part]));
}
