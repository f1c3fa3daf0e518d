import type { Asked } from "../server/asked.ts";
import { InteractionCard } from "./interaction-card.tsx";
import { ToolApprovalCard } from "./tools/tool-approval-card.tsx";

/** What runs and agents ask for in the middle of their work: tool calls first, since they wait for minutes only. */
export function AskedCards({ asked }: { asked: Asked }) {
  return (
    <>
      {asked.calls.map((approval) => (
        <ToolApprovalCard key={approval.id} approval={approval} />
      ))}
      {asked.confirmations.map((interaction) => (
        <InteractionCard
          key={interaction.id}
          interaction={interaction}
          asker={interaction.createdByAgentName ?? "A board member"}
          issue={{ identifier: interaction.issueIdentifier, title: interaction.issueTitle }}
        />
      ))}
    </>
  );
}

export function countAsked({ calls, confirmations }: Asked): number {
  return calls.length + confirmations.length;
}
