import { type RefObject, useCallback, useEffect, useState } from "react";

const longPressMs = 450;
const farPx = 10;

/** Which issues of a list are chosen: by their boxes, by `x` on the row in focus, or by a long press on a row; `e` goes to what can be done with them. */
export function useSelection(list: RefObject<HTMLElement>) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const boxOf = (target: EventTarget | null) =>
      target instanceof Element ? target.closest(".row")?.querySelector<HTMLInputElement>(".pick input") : null;
    const press = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || document.querySelector("dialog:modal")) return;
      const at = document.activeElement;
      if (at?.matches("input:not([type=checkbox]), select, textarea")) return;
      const box = boxOf(at);
      if (event.key === "x" && box && element.contains(box)) box.click();
      else if (event.key === "e") document.querySelector<HTMLElement>("#bulk select")?.focus();
    };
    const stopHold = watchHold(element, (target) => boxOf(target)?.click());
    document.addEventListener("keydown", press);
    return () => {
      stopHold();
      document.removeEventListener("keydown", press);
    };
  }, [list]);
  const toggle = (id: string, isChosen: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      if (isChosen) next.add(id);
      else next.delete(id);
      return next;
    });
  const choose = useCallback((ids: readonly string[]) => setChosen(new Set(ids)), []);
  return { chosen, toggle, choose };
}

/** Calls back when a finger rests on something; the tap that this ends with opens nothing. */
function watchHold(element: HTMLElement, held: (target: EventTarget | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start: Touch | undefined;
  let wasHeld = false;
  const letGo = () => clearTimeout(timer);
  const touch = (event: TouchEvent) => {
    wasHeld = false;
    start = event.touches[0];
    letGo();
    if (event.touches.length !== 1) return;
    timer = setTimeout(() => {
      wasHeld = true;
      held(event.target);
    }, longPressMs);
  };
  const move = (event: TouchEvent) => {
    const at = event.touches[0];
    if (!start || !at || Math.hypot(at.clientX - start.clientX, at.clientY - start.clientY) > farPx) letGo();
  };
  const end = (event: TouchEvent) => {
    letGo();
    // No click comes of a touch whose end was taken.
    if (wasHeld && event.cancelable) event.preventDefault();
  };
  const menu = (event: Event) => {
    if (wasHeld || (timer !== undefined && matchMedia("(pointer: coarse)").matches)) event.preventDefault();
  };
  element.addEventListener("touchstart", touch, { passive: true });
  element.addEventListener("touchmove", move, { passive: true });
  element.addEventListener("touchend", end);
  element.addEventListener("touchcancel", letGo);
  element.addEventListener("contextmenu", menu);
  return () => {
    letGo();
    element.removeEventListener("touchstart", touch);
    element.removeEventListener("touchmove", move);
    element.removeEventListener("touchend", end);
    element.removeEventListener("touchcancel", letGo);
    element.removeEventListener("contextmenu", menu);
  };
}
