import type { PendingDecision } from "@boardroom/contract";
import { useRef } from "react";
import { ConfirmYes } from "./confirm-yes.tsx";
import { DecisionCard, type QueueCards } from "./decision-card.tsx";
import { QueueItem } from "./queue-item.tsx";
import { useQueueGestures } from "./use-queue-gestures.ts";

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
            <DecisionCard decision={decision} cards={cards} names={names} />
          </QueueItem>
        ))}
      </ul>
      {asked && <ConfirmYes button={asked} close={letGo} />}
    </>
  );
}
