import { type RefObject, useEffect, useRef } from "react";
import type { CardDragging } from "./drag-cards.ts";

interface Dragging {
  canDrop: (id: string, target: string) => boolean;
  onDrop: (id: string, target: string) => void;
}

/** Makes the cards of the board draggable, once what that takes is loaded; until then, and without it, the menu moves them. */
export function useDragging(board: RefObject<HTMLElement>, dragging: Dragging): void {
  const latest = useRef(dragging);
  latest.current = dragging;
  const cards = useRef<CardDragging>();
  useEffect(() => {
    let isGone = false;
    import("./drag-cards.ts")
      .then(({ dragCards }) => {
        if (isGone || !board.current) return;
        cards.current = dragCards({
          board: board.current,
          canDrop: (id, target) => latest.current.canDrop(id, target),
          onDrop: (id, target) => latest.current.onDrop(id, target),
        });
        cards.current.sync();
        board.current.dataset.drags = "";
      })
      .catch(() => undefined);
    return () => {
      isGone = true;
      cards.current?.destroy();
      cards.current = undefined;
    };
  }, [board]);
  useEffect(() => cards.current?.sync());
}
