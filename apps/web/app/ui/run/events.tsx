import type { RunEvent } from "@boardroom/contract";
import { useSearchParams } from "@remix-run/react";
import { formatDuration } from "../../format/time.ts";
import { ListEnd } from "../states.tsx";

interface RunEventsProps {
  events: RunEvent[];
  nextCursor: string | null;
  startedAt: string;
  isLive: boolean;
}

/** What the run said, oldest first, each with its time since the start. */
export function RunEvents({ events, nextCursor, startedAt, isLive }: RunEventsProps) {
  const [search] = useSearchParams();
  if (events.length === 0) {
    return <p className="muted">{isLive ? "Nothing reported yet." : "It ended without reporting anything."}</p>;
  }
  return (
    <>
      <ol className="log bordered" aria-live="polite" aria-relevant="additions">
        {events.map((event) => (
          <li key={event.seq}>
            <time className="faint tabular" dateTime={event.createdAt}>
              {offset(startedAt, event.createdAt)}
            </time>
            <span className="muted">{event.kind.replaceAll("_", " ")}</span>
            <span className="said">{event.message}</span>
          </li>
        ))}
      </ol>
      {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
    </>
  );
}

function offset(startedAt: string, at: string): string {
  return `+${formatDuration(Math.max(0, Date.parse(at) - Date.parse(startedAt)))}`;
}
