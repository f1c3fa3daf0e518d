import type { Runner } from "@boardroom/contract";
import type { Tone } from "../notice.tsx";
import { RelativeTime } from "../time.tsx";

type State = "online" | "offline" | "draining" | "revoked";

const looks: Record<State, { label: string; tone: Tone; shape: JSX.Element }> = {
  online: { label: "Online", tone: "good", shape: <circle cx="6" cy="6" r="3.25" /> },
  draining: { label: "Draining", tone: "attention", shape: <path d="M3 2.5h2v7H3zM7 2.5h2v7H7z" /> },
  offline: { label: "Offline", tone: "neutral", shape: hollow() },
  revoked: {
    label: "Revoked",
    tone: "neutral",
    shape: <path d="m3.4 3.4 5.2 5.2m0-5.2L3.4 8.6" stroke="currentColor" strokeWidth="1.5" />,
  },
};

function hollow() {
  return <circle cx="6" cy="6" r="2.75" fill="none" stroke="currentColor" strokeWidth="1.5" />;
}

type Seen = Pick<Runner, "status" | "isOnline" | "lastSeenAt">;

function stateOf({ status, isOnline }: Seen): State {
  if (status === "revoked") return "revoked";
  return isOnline ? (status === "draining" ? "draining" : "online") : "offline";
}

/** Whether the machine is there: a full dot, two bars while it takes no more, a hollow one when it is away. */
export function RunnerDot({ runner, labelled = true }: { runner: Seen; labelled?: boolean }) {
  const { label, tone, shape } = looks[stateOf(runner)];
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
      {shape}
    </svg>
  );
}

/** "Online", or "Offline, seen 5 min ago". */
export function RunnerPresence({ runner }: { runner: Seen }) {
  const state = stateOf(runner);
  return (
    <>
      {looks[state].label}
      {state === "offline" &&
        (runner.lastSeenAt ? (
          <>
            , seen <RelativeTime at={runner.lastSeenAt} />
          </>
        ) : (
          ", never seen"
        ))}
    </>
  );
}

export function RunnerState({ runner }: { runner: Seen }) {
  return (
    <span className="state" data-tone={looks[stateOf(runner)].tone}>
      <RunnerDot runner={runner} labelled={false} />
      <span>
        <RunnerPresence runner={runner} />
      </span>
    </span>
  );
}
