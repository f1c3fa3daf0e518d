import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = Math.floor(Date.now() / 1000) * 1000;
  for (const listener of listeners) listener();
}

/** The time in whole seconds; one timer for all that show it. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, readNow, readNow);
}

function readNow(): number {
  // Only moves with the tick once somebody listens, so that a render always sees one time.
  if (timer === undefined) now = Math.floor(Date.now() / 1000) * 1000;
  return now;
}
