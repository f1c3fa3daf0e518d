import type { ExecutionWorkspace, RunDetail } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { modeNames, workspaceStates } from "../../format/workspace.ts";
import { Money } from "../money.tsx";
import { Tag } from "../notice.tsx";
import { ClockTime, Elapsed, RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";

const families: Record<NonNullable<RunDetail["errorFamily"]>, string> = {
  transient: "Passing trouble: tried again",
  quota: "A quota: tried again later",
  config: "The configuration: mend it first",
  permanent: "Nothing that trying again would help",
};

/** Time, money, and what keeps the run or ended it. */
export function RunFacts({ run, workspace }: { run: RunDetail; workspace: ExecutionWorkspace | null }) {
  const { base } = useCompany();
  const isRunning = run.status === "running";
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
      {run.retryNumber > 0 && <Fact label="Retry">{`Number ${run.retryNumber} of its task`}</Fact>}
      {run.attempt > 1 && <Fact label="Delivery">{`Tried ${run.attempt} times`}</Fact>}
      {run.status === "queued" && Date.parse(run.availableAt) > Date.parse(run.createdAt) + 1000 && (
        <Fact label="Next try">
          <RelativeTime at={run.availableAt} />
        </Fact>
      )}
      {isRunning && run.leaseExpiresAt && (
        <Fact label="Lease until">
          <ClockTime at={run.leaseExpiresAt} />
        </Fact>
      )}
      {isRunning && run.deadlineAt && (
        <Fact label="Has until">
          <ClockTime at={run.deadlineAt} />
        </Fact>
      )}
      {run.errorFamily && <Fact label="Failure">{families[run.errorFamily]}</Fact>}
      {run.retriedByRunId && (
        <Fact label="Tried again">
          <Link to={`${base}/runs/${run.retriedByRunId}`}>By the next run</Link>
        </Fact>
      )}
      {run.checkedOutIssues.length > 0 && (
        <Fact label="Holds">
          {run.checkedOutIssues.map(({ id, identifier, title }) => (
            <Link key={id} to={`${base}/issues/${identifier}`} title={title}>
              {identifier}
            </Link>
          ))}
        </Fact>
      )}
      {run.runnerId && (
        <Fact label="Machine">
          <Link to={`${base}/runners/${run.runnerId}`}>{run.runnerName ?? "A runner"}</Link>
        </Fact>
      )}
      {workspace && (
        <Fact label="Workspace">
          <code>{workspace.branch ?? workspace.cwd ?? modeNames[workspace.mode]}</code>
          <Tag tone={workspaceStates[workspace.status].tone}>{workspaceStates[workspace.status].label}</Tag>
        </Fact>
      )}
      <Session run={run} />
      <Fact label="Run">
        <code>{run.id}</code>
      </Fact>
    </dl>
  );
}

/** Which session it went on with, and which it left behind. */
function Session({ run: { sessionIdBefore: before, sessionIdAfter: after } }: { run: RunDetail }) {
  if (before === null && after === null) return null;
  return (
    <Fact label="Session">
      <code>{after ?? before}</code>
      <span className="faint">
        {before === null ? "fresh" : after === null || after === before ? "resumed" : "renewed"}
      </span>
    </Fact>
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
