import type { RunListItem } from "@boardroom/contract";
import { formatDuration } from "../format/time.ts";
import { useNow } from "./clock.ts";
import type { Tone } from "./notice.tsx";

type Watched = Pick<RunListItem, "status" | "liveness" | "startedAt" | "lastProgressAt" | "cancelRequestedAt">;
type Look = "queued" | "advancing" | "silent" | "overdue" | "stopping";

const tones: Record<Look, Tone> = {
  queued: "neutral",
  advancing: "active",
  silent: "attention",
  overdue: "bad",
  stopping: "neutral",
};

/** How a live run does, by shape, colour and word: a moving wave, three dots, a sign, a square. */
export function Liveness({ run }: { run: Watched }) {
  const look = lookOf(run);
  const now = useNow();
  const since = Date.parse(run.lastProgressAt ?? run.startedAt ?? "");
  const silentFor = look === "silent" && since <= now ? ` for ${formatDuration(now - since)}` : "";
  return (
    <span className="state liveness" data-tone={tones[look]} data-look={look}>
      <svg
        width="14"
        height="14"
        viewBox="0 0 14 14"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {shapes[look]}
      </svg>
      <span className="tabular" suppressHydrationWarning>
        {labels[look] + silentFor}
      </span>
    </span>
  );
}

function lookOf({ status, liveness, cancelRequestedAt }: Watched): Look {
  if (status === "queued") return "queued";
  if (liveness === "overdue") return "overdue";
  return cancelRequestedAt === null ? (liveness ?? "advancing") : "stopping";
}

const labels: Record<Look, string> = {
  queued: "Queued",
  advancing: "Advancing",
  silent: "Silent",
  overdue: "Overdue",
  stopping: "Stopping",
};

const shapes: Record<Look, JSX.Element> = {
  queued: <circle cx="7" cy="7" r="5" strokeDasharray="2 2" />,
  advancing: <path className="wave" d="M1 7h2.5L5.5 3l3 8 2-4H13" />,
  silent: <path d="M2.5 7h.01M7 7h.01M11.5 7h.01" strokeWidth="2.4" />,
  overdue: <path d="M7 1.8 13 12.2H1zM7 5.6v3M7 10.6v.01" />,
  stopping: <path d="M3.5 3.5h7v7h-7z" />,
};
