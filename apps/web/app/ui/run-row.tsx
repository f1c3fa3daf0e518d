import type { RunListItem } from "@boardroom/contract";
import { Link, useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import { isFailure } from "../forms/use-result.ts";
import { Button } from "./button.tsx";
import { Money } from "./money.tsx";
import { RunGlyph, sourceLabels } from "./run-status.tsx";
import { Elapsed, RelativeTime } from "./time.tsx";
import { useToast } from "./toast.tsx";
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
          {run.error && ` · ${run.error}`}
        </small>
      </div>
      <div className="meta">
        {run.costCents > 0 && <Money cents={run.costCents} />}
        {!isLive && <RelativeTime at={run.finishedAt ?? run.createdAt} />}
      </div>
      {canStop && isLive && <StopButton runId={run.id} isStopping={run.cancelRequestedAt !== null} />}
    </div>
  );
}

function StopButton({ runId, isStopping }: { runId: string; isStopping: boolean }) {
  const { base } = useCompany();
  const fetcher = useFetcher();
  const toast = useToast();
  const failure = isFailure(fetcher.data) ? fetcher.data : undefined;
  useEffect(() => {
    if (failure) toast({ text: failure.message });
  }, [failure, toast]);
  const busy = isStopping || fetcher.state !== "idle";
  return (
    <fetcher.Form method="post" action={`${base}/runs/${runId}`}>
      <input type="hidden" name="stay" value="yes" />
      <Button type="submit" name="intent" value="cancel" disabled={busy}>
        {busy ? "Stopping" : "Stop"}
      </Button>
    </fetcher.Form>
  );
}
