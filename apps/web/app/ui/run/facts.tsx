import type { RunDetail } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { describeWake } from "../../format/wake-reason.ts";
import { Money } from "../money.tsx";
import { sourceLabels } from "../run-status.tsx";
import { ClockTime, Elapsed, RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

/** Time, money and the chain of causes. */
export function RunFacts({ run }: { run: RunDetail }) {
  const { base } = useCompany();
  const { wake } = run;
  return (
    <dl className="facts">
      <Fact label="Agent">
        <Link to={`${base}/agents/${run.agentId}`}>{run.agentName}</Link>
      </Fact>
      <Fact label="Time">
        {run.startedAt ? <Elapsed from={run.startedAt} to={run.finishedAt} /> : "Not started"}
        <span className="faint">
          <RelativeTime at={run.startedAt ?? run.createdAt} />
        </span>
      </Fact>
      <Fact label="Cost">
        <Link to={`${base}/costs/events?run=${run.id}`}>
          <Money cents={run.costCents} />
        </Link>
      </Fact>
      <Fact label="Woken by">
        {sourceLabels[run.invocationSource]}
        {wake && <span className="muted">{describeWake(wake.reason)}</span>}
      </Fact>
      {wake?.parentRunId && (
        <Fact label="Caused by">
          <Link className="link" to={`${base}/runs/${wake.parentRunId}`}>
            another run
          </Link>
          {wake.hop > 0 && (
            <span className="faint">{wake.hop === 1 ? "1 step" : `${wake.hop} steps`} from the first cause</span>
          )}
        </Fact>
      )}
      {run.retryOfRunId && (
        <Fact label="Retry of">
          <Link className="link" to={`${base}/runs/${run.retryOfRunId}`}>
            an earlier run
          </Link>
        </Fact>
      )}
      {run.attempt > 1 && <Fact label="Attempt">{run.attempt}</Fact>}
      {run.status === "queued" && Date.parse(run.availableAt) > Date.parse(run.createdAt) + 1000 && (
        <Fact label="Next try">
          <RelativeTime at={run.availableAt} />
        </Fact>
      )}
      {run.status === "running" && run.leaseExpiresAt && (
        <Fact label="Lease until">
          <ClockTime at={run.leaseExpiresAt} />
        </Fact>
      )}
      {run.checkedOutIssues.length > 0 && (
        <Fact label="Held">
          {run.checkedOutIssues.map(({ id, identifier, title }) => (
            <Link key={id} to={`${base}/issues/${identifier}`} title={title}>
              {identifier}
            </Link>
          ))}
        </Fact>
      )}
      {run.sessionIdAfter && (
        <Fact label="Session">
          <code>{run.sessionIdAfter}</code>
        </Fact>
      )}
      <Fact label="Run">
        <code>{run.id}</code>
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
