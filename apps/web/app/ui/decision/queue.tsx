import type {
  BudgetIncident,
  InteractionListItem,
  PendingDecision,
  ShownApproval,
  ToolApproval,
} from "@boardroom/contract";
import { useRef } from "react";
import { ApprovalCard } from "../approval-card.tsx";
import { IncidentCard } from "../budget/incident-card.tsx";
import { InteractionCard } from "../interaction-card.tsx";
import { ToolApprovalCard } from "../tools/tool-approval-card.tsx";
import { ConfirmYes } from "./confirm-yes.tsx";
import { PlainCard } from "./plain-card.tsx";
import { QueueItem } from "./queue-item.tsx";
import { useQueueGestures } from "./use-queue-gestures.ts";

export interface QueueCards {
  approvals: ShownApproval[];
  interactions: InteractionListItem[];
  calls: ToolApproval[];
  incidents: BudgetIncident[];
}

interface QueueProps {
  decisions: PendingDecision[];
  cards: QueueCards;
  /** Of agents, by id. */
  names: Record<string, string>;
}

/** All that waits, in one list: each is answered where it stands. */
export function Queue({ decisions, cards, names }: QueueProps) {
  const list = useRef<HTMLUListElement>(null);
  const { asked, letGo } = useQueueGestures(list);
  if (decisions.length === 0) return null;
  return (
    <>
      <ul className="queue" ref={list}>
        {decisions.map((decision) => (
          <QueueItem key={`${decision.kind} ${decision.id}`} decision={decision}>
            <Card decision={decision} cards={cards} names={names} />
          </QueueItem>
        ))}
      </ul>
      {asked && <ConfirmYes button={asked} close={letGo} />}
    </>
  );
}

function Card({ decision, cards, names }: Omit<QueueProps, "decisions"> & { decision: PendingDecision }) {
  const isIt = ({ id }: { id: string }) => id === decision.id;
  const approval = decision.kind === "approval" ? cards.approvals.find(isIt) : undefined;
  if (approval) return <ApprovalCard approval={approval} requester={approval.requesterName} />;
  const question = decision.kind === "interaction" ? cards.interactions.find(isIt) : undefined;
  if (question) {
    return (
      <InteractionCard
        interaction={question}
        asker={question.createdByAgentName ?? "A board member"}
        issue={{ identifier: question.issueIdentifier, title: question.issueTitle }}
        names={names}
      />
    );
  }
  const incident = decision.kind === "budget_incident" ? cards.incidents.find(isIt) : undefined;
  if (incident) return <IncidentCard incident={incident} />;
  const call = decision.kind === "tool_approval" ? cards.calls.find(isIt) : undefined;
  return call ? <ToolApprovalCard approval={call} /> : <PlainCard decision={decision} />;
}
