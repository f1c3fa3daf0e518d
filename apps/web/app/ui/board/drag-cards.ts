import {
  AutoScroller,
  DragDropManager,
  Draggable,
  Droppable,
  Feedback,
  PointerActivationConstraints,
  PointerSensor,
  PreventSelection,
  StyleInjector,
} from "@dnd-kit/dom";

interface DragInput {
  /** Holds the cards and whatever they can be dropped on. */
  board: HTMLElement;
  /** Whether a card may go there: said while it is dragged. */
  canDrop: (id: string, target: string) => boolean;
  onDrop: (id: string, target: string) => void;
}

export interface CardDragging {
  /** Takes notice of cards that came and went. */
  sync(): void;
  destroy(): void;
}

const holdMs = 220;

/** Lets cards (`data-issue`) be dragged to places (`data-drop`): by mouse at once, by finger after holding, as a swipe scrolls. */
export function dragCards({ board, canDrop, onDrop }: DragInput): CardDragging {
  const manager = new DragDropManager({
    // Keys and screen readers have a menu and keys of their own.
    plugins: [AutoScroller, Feedback.configure({ dropAnimation: null }), PreventSelection, allowedStyles()],
    sensors: [
      PointerSensor.configure({
        activationConstraints: ({ pointerType }) => [
          pointerType === "mouse"
            ? new PointerActivationConstraints.Distance({ value: 5 })
            : new PointerActivationConstraints.Delay({ value: holdMs, tolerance: 8 }),
        ],
        preventActivation: ({ target }) => target instanceof Element && target.closest(".kanban-menu") !== null,
      }),
    ],
  });
  const cards = new Map<string, Draggable>();
  const places = [...board.querySelectorAll<HTMLElement>("[data-drop]")];
  for (const [at, element] of places.entries()) new Droppable({ id: `place-${at}`, element }, manager);
  const targetOf = (element: Element | undefined) =>
    element instanceof HTMLElement ? element.dataset.drop : undefined;

  const mark = (over: Element | undefined) => {
    for (const place of places) place.toggleAttribute("data-over", place === over);
  };
  manager.monitor.addEventListener("dragstart", ({ operation: { source } }) => {
    if (!source) return;
    board.toggleAttribute("data-dragging", true);
    for (const place of places)
      place.toggleAttribute("data-closed", !canDrop(String(source.id), targetOf(place) ?? ""));
  });
  manager.monitor.addEventListener("dragover", ({ operation: { target } }) => mark(target?.element));
  manager.monitor.addEventListener("dragend", ({ canceled, operation: { source, target } }) => {
    mark(undefined);
    board.removeAttribute("data-dragging");
    for (const place of places) place.removeAttribute("data-closed");
    const wished = targetOf(target?.element);
    if (!canceled && source && wished) onDrop(String(source.id), wished);
  });

  return {
    sync() {
      if (!manager.dragOperation.status.idle) return;
      const elements = new Map<string, HTMLElement>();
      for (const element of board.querySelectorAll<HTMLElement>("[data-issue]"))
        elements.set(element.dataset.issue ?? "", element);
      for (const [id, card] of cards) {
        if (elements.get(id) === card.element) continue;
        card.destroy();
        cards.delete(id);
      }
      for (const [id, element] of elements) if (!cards.has(id)) cards.set(id, new Draggable({ id, element }, manager));
    },
    destroy: () => manager.destroy(),
  };
}

/** The page's policy takes styles only with the nonce of its document. */
function allowedStyles() {
  const { nonce } = document.querySelector<HTMLScriptElement>("script[nonce]") ?? {};
  return StyleInjector.configure({ ...(nonce && { nonce }) });
}
