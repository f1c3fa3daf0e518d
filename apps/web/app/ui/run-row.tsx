import type { RunListItem } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { nameWait } from "../format/wake.ts";
import { Liveness } from "./liveness.tsx";
import { Money } from "./money.tsx";
import { RunGlyph, sourceLabels } from "./run-status.tsx";
import { StopButton } from "./stop-button.tsx";
import { Elapsed, RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

const live = new Set(["queued", "running"]);

/** A run in one line: who, on what, how long, for how much; with a stop button while it is under way. */
export function RunRow({ run, canStop = false }: { run: RunListItem; canStop?: boolean }) {
  const { base } = useCompany();
  const isLive = live.has(run.status);
  return (
    <div className="row" data-tall>
      <RunGlyph status={run.status} />
      <div className="row-text">
        <Link to={`${base}/runs/${run.id}`} className="row-link">
          {run.agentName}
          {run.issueTitle && <span className="muted"> · {run.issueTitle}</span>}
        </Link>
        <small>
          {run.issueIdentifier ?? sourceLabels[run.invocationSource]}
          {" · "}
          {run.startedAt ? (
            <Elapsed from={run.startedAt} to={run.finishedAt} />
          ) : (
            <>
              queued <RelativeTime at={run.createdAt} />
            </>
          )}
          {run.status === "queued" && run.waitReason && ` · waits: ${nameWait(run.waitReason)}`}
          {run.error && ` · ${run.error}`}
        </small>
      </div>
      <div className="meta">
        {run.liveness !== null && run.liveness !== "advancing" && <Liveness run={run} />}
        {run.costCents > 0 && <Money cents={run.costCents} />}
        {!isLive && <RelativeTime at={run.finishedAt ?? run.createdAt} />}
      </div>
      {canStop && isLive && <StopButton runId={run.id} isStopping={run.cancelRequestedAt !== null} />}
    </div>
  );
}
