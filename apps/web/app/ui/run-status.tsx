import type { InvocationSource, RunStatus as Status } from "@boardroom/contract";
import type { Tone } from "./notice.tsx";

export const runLooks: Record<Status, { label: string; tone: Tone }> = {
  queued: { label: "Queued", tone: "neutral" },
  running: { label: "Running", tone: "active" },
  succeeded: { label: "Succeeded", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "neutral" },
  timed_out: { label: "Timed out", tone: "bad" },
  lost: { label: "Lost", tone: "bad" },
};

export const sourceLabels: Record<InvocationSource, string> = {
  timer: "timer",
  assignment: "assignment",
  on_demand: "by hand",
  automation: "automation",
};

/** A run without an issue, in a few words. */
export const sourceTitles: Record<InvocationSource, string> = {
  timer: "Timer heartbeat",
  assignment: "An assignment",
  on_demand: "Asked for by hand",
  automation: "Woken by what happened",
};

const paths: Record<Status, string> = {
  queued: "M6 3.2V6l1.8 1.2",
  running: "M4.6 3.4v5.2L8.8 6z",
  succeeded: "m3.6 6.2 1.7 1.7 3.2-3.7",
  failed: "m4 4 4 4m0-4-4 4",
  cancelled: "M3.8 6h4.4",
  timed_out: "M6 3.2V6l1.8 1.2",
  lost: "M6 3.4v3.2M6 8.4v.2",
};

export function RunGlyph({ status }: { status: Status }) {
  const { label, tone } = runLooks[status];
  return (
    <svg
      className="glyph"
      data-tone={tone}
      width="16"
      height="16"
      viewBox="-2 -2 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <circle cx="6" cy="6" r="6" strokeDasharray={status === "queued" ? "1.9 1.87" : undefined} />
      <path d={paths[status]} fill={status === "running" ? "currentColor" : "none"} />
    </svg>
  );
}

export function RunStatus({ status }: { status: Status }) {
  return (
    <span className="state" data-tone={runLooks[status].tone}>
      <RunGlyph status={status} />
      <span>{runLooks[status].label}</span>
    </span>
  );
}
