import { type RefObject, useEffect, useState } from "react";

const farPx = 90;

/**
 * Swipes and keys of a queue of decisions: right (or `e`) is the yes of a card, left (or `l`) puts it off. A yes is asked once
 * more, since it can't always be taken back.
 * @returns the button that is to be confirmed, and how to let go of it
 */
export function useQueueGestures(list: RefObject<HTMLElement>) {
  const [asked, setAsked] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const yesOf = (item: Element | null | undefined) =>
      item?.querySelector<HTMLElement>("[data-yes], button[data-kind=primary]");
    const laterOf = (item: Element | null | undefined) => item?.querySelector<HTMLElement>("[data-later]");
    let start: { x: number; y: number; item: HTMLElement } | null = null;
    const touch = (event: TouchEvent) => {
      const [point] = event.touches;
      const item = event.target instanceof Element ? event.target.closest<HTMLElement>(".queue-item") : null;
      start = point && item && event.touches.length === 1 ? { x: point.clientX, y: point.clientY, item } : null;
    };
    const move = (event: TouchEvent) => {
      const [point] = event.touches;
      if (!start || !point) return;
      const dx = point.clientX - start.x;
      // Whoever scrolls doesn't swipe.
      if (Math.abs(point.clientY - start.y) > Math.abs(dx)) return drop();
      start.item.style.setProperty("--swipe", `${dx}px`);
      start.item.dataset.swipe = dx > farPx ? "yes" : dx < -farPx ? "later" : "";
    };
    const drop = () => {
      start?.item.style.removeProperty("--swipe");
      if (start) delete start.item.dataset.swipe;
      start = null;
    };
    const end = () => {
      const item = start?.item;
      const swipe = item?.dataset.swipe;
      drop();
      if (swipe === "yes") setAsked(yesOf(item) ?? null);
      if (swipe === "later") laterOf(item)?.click();
    };
    const press = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey || document.querySelector("dialog:modal")) return;
      const at = document.activeElement;
      if (at?.closest("input, textarea, select")) return;
      const item = at?.closest(".queue-item");
      if (event.key === "e") setAsked(yesOf(item) ?? null);
      else if (event.key === "l") laterOf(item)?.click();
      else return;
      if (item) event.preventDefault();
    };
    element.addEventListener("touchstart", touch, { passive: true });
    element.addEventListener("touchmove", move, { passive: true });
    element.addEventListener("touchend", end);
    element.addEventListener("touchcancel", drop);
    document.addEventListener("keydown", press);
    return () => {
      element.removeEventListener("touchstart", touch);
      element.removeEventListener("touchmove", move);
      element.removeEventListener("touchend", end);
      element.removeEventListener("touchcancel", drop);
      document.removeEventListener("keydown", press);
    };
  }, [list]);
  return { asked, letGo: () => setAsked(null) };
}
