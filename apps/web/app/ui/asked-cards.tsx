import type { Asked } from "../server/asked.ts";
import { InteractionCard } from "./interaction-card.tsx";
import { ReviewCard } from "./review-card.tsx";
import { ToolApprovalCard } from "./tools/tool-approval-card.tsx";

/** What runs and agents ask for in the middle of their work: tool calls first, since they wait for minutes only. */
export function AskedCards({ asked, names }: { asked: Asked; names?: Record<string, string> }) {
  return (
    <>
      {asked.calls.map((approval) => (
        <ToolApprovalCard key={approval.id} approval={approval} />
      ))}
      {asked.questions.map((interaction) => (
        <InteractionCard
          key={interaction.id}
          interaction={interaction}
          asker={interaction.createdByAgentName ?? "A board member"}
          issue={{ identifier: interaction.issueIdentifier, title: interaction.issueTitle }}
          names={names}
        />
      ))}
      {asked.reviews.map((review) => (
        <ReviewCard key={review.id} review={review} />
      ))}
    </>
  );
}

export function countAsked({ calls, questions, reviews }: Asked): number {
  return calls.length + questions.length + reviews.length;
}
