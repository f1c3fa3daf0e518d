import type {
  BudgetIncident,
  InteractionListItem,
  PendingDecision,
  ReviewListItem,
  ShownApproval,
  ToolApproval,
} from "@boardroom/contract";
import { ApprovalCard } from "../approval-card.tsx";
import { IncidentCard } from "../budget/incident-card.tsx";
import { InteractionCard } from "../interaction-card.tsx";
import { ReviewCard } from "../review-card.tsx";
import { ToolApprovalCard } from "../tools/tool-approval-card.tsx";
import { PlainCard } from "./plain-card.tsx";

export interface QueueCards {
  approvals: ShownApproval[];
  interactions: InteractionListItem[];
  calls: ToolApproval[];
  incidents: BudgetIncident[];
  reviews: ReviewListItem[];
}

interface DecisionCardProps {
  decision: PendingDecision;
  cards: QueueCards;
  /** Of agents, by id. */
  names: Record<string, string>;
}

/** What waits, as its kind is shown; a way to its page where the card's content is not there. */
export function DecisionCard({ decision, cards, names }: DecisionCardProps) {
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
  const review = decision.kind === "review" ? cards.reviews.find(isIt) : undefined;
  if (review) return <ReviewCard review={review} />;
  const call = decision.kind === "tool_approval" ? cards.calls.find(isIt) : undefined;
  return call ? <ToolApprovalCard approval={call} /> : <PlainCard decision={decision} />;
}
