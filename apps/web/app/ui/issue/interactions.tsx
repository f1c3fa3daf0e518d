import type { Interaction } from "@boardroom/contract";
import { InteractionCard } from "../interaction-card.tsx";

interface Named {
  id: string;
  name: string;
}

/** What agents want from the board on this issue: what waits, and below it what was answered. */
export function Interactions({ asked, agents }: { asked: Interaction[]; agents: Named[] }) {
  const names = Object.fromEntries(agents.map(({ id, name }) => [id, name]));
  const card = (interaction: Interaction) => (
    <InteractionCard
      key={interaction.id}
      interaction={interaction}
      asker={names[interaction.createdByAgentId ?? ""] ?? "A board member"}
      names={names}
    />
  );
  const pending = asked.filter(({ status }) => status === "pending");
  const answered = asked.filter(({ status }) => status !== "pending");
  return (
    <>
      {pending.map(card)}
      {answered.length > 0 && (
        <details className="note">
          <summary>{answered.length === 1 ? "1 answered question" : `${answered.length} answered questions`}</summary>
          <div className="stack">{answered.map(card)}</div>
        </details>
      )}
    </>
  );
}
