import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef } from "react";

/** Asks the loaders again now and then while something runs: that a run fell silent is no event. */
export function useFreshened(isLive: boolean, everyMs = 20_000): void {
  const revalidator = useRevalidator();
  const current = useRef(revalidator);
  current.current = revalidator;
  useEffect(() => {
    if (!isLive) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && navigator.onLine && current.current.state === "idle") {
        current.current.revalidate();
      }
    }, everyMs);
    return () => clearInterval(timer);
  }, [isLive, everyMs]);
}
