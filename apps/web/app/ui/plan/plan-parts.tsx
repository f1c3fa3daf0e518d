import type { PlannedAgent, PlannedIssue } from "../../server/plan-view.ts";
import { Money } from "../money.tsx";

interface PartProps {
  /** Whether it can still be chosen. */
  isOpen: boolean;
  isChosen: boolean;
}

/** How far a row stands in, up to what fits on a phone. */
const depthOf = (depth: number) => Math.min(depth, 4);

/** One hire of a plan, with a box to leave it out. */
export function AgentPart({
  agent,
  requester,
  isOpen,
  isChosen,
}: PartProps & { agent: PlannedAgent; requester: string }) {
  return (
    <label className="plan-part" data-depth={depthOf(agent.depth)} data-left-out={(!isOpen && !isChosen) || undefined}>
      <input
        type="checkbox"
        name="agent"
        value={agent.key}
        defaultChecked={isChosen}
        disabled={!isOpen}
        data-cents={agent.budgetMonthlyCents ?? undefined}
      />
      <span className="plan-text">
        <span>
          <b>{agent.name}</b>
          {agent.title && <span className="muted"> · {agent.title}</span>}
        </span>
        {agent.why && <small>{agent.why}</small>}
        <small>
          {agent.adapterType === null ? `Runs as ${requester} does` : agent.adapterType.replaceAll("_", " ")}
        </small>
      </span>
      <span className="plan-cost">
        {agent.budgetMonthlyCents === null ? (
          "No limit"
        ) : (
          <>
            <Money cents={agent.budgetMonthlyCents} /> a month
          </>
        )}
      </span>
    </label>
  );
}

/** One issue of a plan, with a box to leave it out. */
export function IssuePart({ issue, isOpen, isChosen }: PartProps & { issue: PlannedIssue }) {
  const told = [
    issue.assignee ? `for ${issue.assignee}` : "for nobody yet",
    issue.project,
    issue.priority !== "medium" && issue.priority,
  ];
  return (
    <label className="plan-part" data-depth={depthOf(issue.depth)} data-left-out={(!isOpen && !isChosen) || undefined}>
      <input type="checkbox" name="issue" value={issue.key} defaultChecked={isChosen} disabled={!isOpen} />
      <span className="plan-text">
        <span>{issue.title}</span>
        {issue.description && <small>{issue.description}</small>}
        <small>
          {told.filter(Boolean).join(" · ")}
          {issue.waitsFor.length > 0 && ` · after ${issue.waitsFor.join(", ")}`}
        </small>
      </span>
    </label>
  );
}
