import type { IssueStatus } from "@boardroom/contract";
import type { Tone } from "./notice.tsx";

interface Look {
  label: string;
  tone: Tone;
}

export const issueLooks: Record<IssueStatus, Look> = {
  backlog: { label: "Backlog", tone: "neutral" },
  todo: { label: "To do", tone: "neutral" },
  in_progress: { label: "In progress", tone: "active" },
  in_review: { label: "In review", tone: "active" },
  done: { label: "Done", tone: "good" },
  blocked: { label: "Blocked", tone: "bad" },
  cancelled: { label: "Cancelled", tone: "neutral" },
};

/** The state of an issue as a sign; each differs in shape, not only in colour. */
export function StatusGlyph({ status, labelled = true }: { status: IssueStatus; labelled?: boolean }) {
  const { label, tone } = issueLooks[status];
  return (
    <svg
      className="glyph"
      data-tone={tone}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      role="img"
      aria-label={label}
      aria-hidden={!labelled}
    >
      <title>{label}</title>
      {shapes[status]}
    </svg>
  );
}

const ring = <circle cx="8" cy="8" r="6" />;
const disc = <circle cx="8" cy="8" r="6.75" fill="currentColor" stroke="none" />;
const cut = { stroke: "var(--surface-1)", strokeLinecap: "round", strokeLinejoin: "round" } as const;
/** A slice from twelve o'clock: a circle drawn as one thick dash. */
const slice = (share: number) => (
  <circle cx="8" cy="8" r="1.75" strokeWidth="3.5" strokeDasharray={`${share * 11} 11`} transform="rotate(-90 8 8)" />
);

const shapes: Record<IssueStatus, JSX.Element> = {
  backlog: <circle cx="8" cy="8" r="6" strokeDasharray="1.9 1.87" />,
  todo: ring,
  in_progress: (
    <>
      {ring}
      {slice(0.5)}
    </>
  ),
  in_review: (
    <>
      {ring}
      {slice(0.75)}
    </>
  ),
  done: (
    <>
      {disc}
      <path d="m5.2 8.2 2 2 3.6-4.1" {...cut} />
    </>
  ),
  blocked: (
    <>
      {disc}
      <path d="M5.2 8h5.6" {...cut} strokeWidth="2" />
    </>
  ),
  cancelled: (
    <>
      {disc}
      <path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" {...cut} />
    </>
  ),
};
