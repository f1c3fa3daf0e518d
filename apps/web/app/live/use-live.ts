import { useRevalidator } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { throttle } from "./throttle.ts";

const revalidateEveryMs = 250;
const quietMs = 3000;

/**
 * Keeps the page true: one event stream per tab, and each event asks the loaders again. The browser reconnects by
 * itself and resumes after the last event it saw. Answers whether the connection has been away for a while.
 */
export function useLive(companyId: string): { isReconnecting: boolean } {
  const { revalidate, state } = useRevalidator();
  const revalidator = useRef({ revalidate, state });
  revalidator.current = { revalidate, state };
  const missed = useRef(false);
  const [isReconnecting, setReconnecting] = useState(false);

  // A revalidation that is under way may have read before the event: once it ends, ask again.
  useEffect(() => {
    if (state !== "idle" || !missed.current) return;
    missed.current = false;
    revalidate();
  }, [state, revalidate]);

  useEffect(() => {
    const refresh = throttle(() => {
      if (document.visibilityState === "hidden" || revalidator.current.state !== "idle") missed.current = true;
      else revalidator.current.revalidate();
    }, revalidateEveryMs);
    const catchUp = async () => {
      if (document.visibilityState === "visible" && (await isReachable())) refresh();
    };
    const stream = openStream(`/api/companies/${companyId}/events`, refresh, setReconnecting);
    document.addEventListener("visibilitychange", catchUp);
    return () => {
      stream.close();
      refresh.cancel();
      document.removeEventListener("visibilitychange", catchUp);
    };
  }, [companyId]);

  return { isReconnecting };
}

/** After sleep the network may not be back yet, and a failed refresh would replace a page that is still worth reading. */
async function isReachable(): Promise<boolean> {
  const answer = await fetch("/api/health").catch(() => null);
  return answer?.ok === true;
}

function openStream(url: string, refresh: () => void, setReconnecting: (away: boolean) => void): { close(): void } {
  let source: EventSource;
  let quiet: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  const connect = () => {
    source = new EventSource(url);
    source.addEventListener("activity", refresh);
    source.addEventListener("reset", refresh);
    source.onopen = () => {
      clearTimeout(quiet);
      quiet = undefined;
      setReconnecting(false);
      // What happened between rendering the page and this moment is in no event.
      refresh();
    };
    source.onerror = () => {
      quiet ??= setTimeout(() => setReconnecting(true), quietMs);
      // An error answer ends an EventSource for good; the network's failures it retries itself.
      if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, quietMs);
    };
  };
  connect();
  return {
    close() {
      source.close();
      clearTimeout(quiet);
      clearTimeout(again);
    },
  };
}
