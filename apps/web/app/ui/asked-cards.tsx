import type { Answers } from "../server/asked.ts";
import { InteractionCard } from "./interaction-card.tsx";
import { ToolApprovalCard } from "./tools/tool-approval-card.tsx";

/** What runs and agents asked for in the middle of their work: tool calls first. */
export function AskedCards({ asked, names }: { asked: Answers; names?: Record<string, string> }) {
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
    </>
  );
}

export function countAsked({ calls, questions }: Answers): number {
  return calls.length + questions.length;
}
