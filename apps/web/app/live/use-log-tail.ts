import { useEffect, useRef } from "react";

const againAfterMs = 3000;

interface LogTail {
  runId: string;
  /** Nothing is followed while false. */
  isOn: boolean;
  /** Where to go on from, in bytes. */
  offset: number;
  onLog: (piece: { offset: number; content: string }) => void;
  onEnd: () => void;
}

/** Follows a run's log as it is written. The browser resumes after the last piece it saw. */
export function useLogTail({ runId, isOn, offset, onLog, onEnd }: LogTail): void {
  const current = useRef({ offset, onLog, onEnd });
  current.current = { offset, onLog, onEnd };
  useEffect(() => {
    if (!isOn) return;
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    const connect = () => {
      source = new EventSource(`/api/heartbeat-runs/${runId}/log/stream?offset=${current.current.offset}`);
      source.addEventListener("log", ({ data }) => current.current.onLog(JSON.parse(data)));
      source.addEventListener("end", () => {
        source.close();
        current.current.onEnd();
      });
      source.onerror = () => {
        // An error answer ends an EventSource for good; the network's failures it retries itself.
        if (source.readyState === EventSource.CLOSED) again = setTimeout(connect, againAfterMs);
      };
    };
    connect();
    return () => {
      source.close();
      clearTimeout(again);
    };
  }, [runId, isOn]);
}
