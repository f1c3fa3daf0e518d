import type { IssueAtTime } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { Notice } from "../notice.tsx";
import { priorityLabels } from "../priority-glyph.tsx";
import { issueLooks } from "../status-glyph.tsx";
import { ExactTime } from "../time.tsx";

interface AsItWasProps {
  was: IssueAtTime;
  agents: { id: string; name: string }[];
  /** The issue as it is. */
  now: string;
}

/** An issue as it was at a past moment. */
export function IssueAsItWas({ was, agents, now }: AsItWasProps) {
  const { state, at, isExact, inexactFields } = was;
  const when = <ExactTime at={at} />;
  return (
    <section className="as-it-was" aria-label="As it was">
      <header className="line">
        <h2>As it was at {when}</h2>
        <Link to={now} className="button" data-kind="quiet">
          As it is now
        </Link>
      </header>
      {!state && <p className="muted">It did not exist then.</p>}
      {!isExact && (
        <Notice tone="attention">
          Not everything is certain:{" "}
          {inexactFields.length > 0 ? inexactFields.join(", ") : "it changed too often since"}.
        </Notice>
      )}
      {state && (
        <>
          <p className="as-it-was-title">{state.title}</p>
          <dl className="facts">
            <Fact name="Status" value={issueLooks[state.status].label} />
            <Fact name="Priority" value={priorityLabels[state.priority]} />
            <Fact name="Assignee" value={assigneeOf(state, agents)} />
            {state.billingCode && <Fact name="Billing code" value={state.billingCode} />}
          </dl>
          {state.description && <p className="plain-text">{state.description}</p>}
        </>
      )}
    </section>
  );
}

function assigneeOf(state: NonNullable<IssueAtTime["state"]>, agents: AsItWasProps["agents"]): string {
  if (state.assigneeUserId) return "A person";
  if (!state.assigneeAgentId) return "Nobody";
  return agents.find(({ id }) => id === state.assigneeAgentId)?.name ?? "An agent that has left";
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
