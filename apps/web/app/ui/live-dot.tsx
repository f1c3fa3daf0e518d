import type { AgentStatus } from "@boardroom/contract";
import type { Tone } from "./notice.tsx";

export const agentLooks: Record<AgentStatus, { label: string; tone: Tone }> = {
  active: { label: "Ready", tone: "good" },
  idle: { label: "Idle", tone: "good" },
  running: { label: "Running", tone: "active" },
  paused: { label: "Paused", tone: "attention" },
  error: { label: "Error", tone: "bad" },
  pending_approval: { label: "Waits for approval", tone: "attention" },
  terminated: { label: "Terminated", tone: "neutral" },
};

/** How an agent is: full and pulsing when it runs, full when ready, a bar pair when paused, hollow when it can't work. */
export function LiveDot({ status, labelled = true }: { status: AgentStatus; labelled?: boolean }) {
  const { label, tone } = agentLooks[status];
  return (
    <svg
      className="dot"
      data-tone={tone}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      fill="currentColor"
      role="img"
      aria-label={label}
      aria-hidden={!labelled}
    >
      <title>{label}</title>
      {shape(status)}
    </svg>
  );
}

function shape(status: AgentStatus): JSX.Element {
  switch (status) {
    case "running":
      return (
        <>
          <circle className="pulse" cx="6" cy="6" r="6" />
          <circle cx="6" cy="6" r="3.25" />
        </>
      );
    case "active":
    case "idle":
      return <circle cx="6" cy="6" r="3.25" />;
    case "paused":
      return <path d="M3 2.5h2v7H3zM7 2.5h2v7H7z" />;
    case "error":
      return <path d="M6 1.5 11 10.5H1z" />;
    case "pending_approval":
    case "terminated":
      return <circle cx="6" cy="6" r="2.75" fill="none" stroke="currentColor" strokeWidth="1.5" />;
  }
}

export function AgentState({ status }: { status: AgentStatus }) {
  return (
    <span className="state" data-tone={agentLooks[status].tone}>
      <LiveDot status={status} labelled={false} />
      <span>{agentLooks[status].label}</span>
    </span>
  );
}
