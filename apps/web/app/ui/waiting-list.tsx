import { Link } from "@remix-run/react";
import { describePause } from "../format/pause-reason.ts";
import type { Waiting } from "../server/waiting.ts";
import { ButtonLink } from "./button.tsx";
import { IssueRow } from "./issue-row.tsx";
import { LiveDot } from "./live-dot.tsx";
import { Spend } from "./money.tsx";
import { useCompany } from "./use-company.ts";

/** Agents that stand still and issues that are blocked, each with the way to act on it. */
export function WaitingList({ waiting, names }: { waiting: Waiting; names: Record<string, string> }) {
  if (waiting.agents.length + waiting.blocked.length === 0) return null;
  return (
    <div className="bordered">
      {waiting.agents.map((agent) => (
        <AgentInTrouble key={agent.id} agent={agent} />
      ))}
      {waiting.blocked.map((issue) => (
        <IssueRow key={issue.id} issue={issue} assignee={names[issue.assigneeAgentId ?? ""]} />
      ))}
    </div>
  );
}

function AgentInTrouble({ agent }: { agent: Waiting["agents"][number] }) {
  const { base } = useCompany();
  const path = `${base}/agents/${agent.urlKey}`;
  const isOutOfMoney = agent.status === "paused";
  return (
    <div className="row" data-tall>
      <LiveDot status={agent.status} />
      <div className="row-text">
        <Link to={path} className="row-link">
          {agent.name} {isOutOfMoney ? "is paused" : "is in error"}
        </Link>
        <small>
          {agent.pauseReason ? describePause(agent.pauseReason) : "Its last run broke"}
          {isOutOfMoney && (
            <>
              , <Spend spentCents={agent.spentMonthlyCents} budgetCents={agent.budgetMonthlyCents} />
            </>
          )}
        </small>
      </div>
      <ButtonLink to={isOutOfMoney ? `${path}?sheet=budget` : path} className="button above">
        {isOutOfMoney ? "Raise the budget" : "Look"}
      </ButtonLink>
    </div>
  );
}
