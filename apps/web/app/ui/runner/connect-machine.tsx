import type { Runner } from "@boardroom/contract";
import { nameHost } from "../../format/runner.ts";
import { formatDuration } from "../../format/time.ts";
import type { QrCode } from "../../server/qr-code.ts";
import { ButtonLink } from "../button.tsx";
import { useNow } from "../clock.ts";
import { CopyOnce } from "../copy-once.tsx";
import { Notice } from "../notice.tsx";
import { ClockTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";
import { RunnerState } from "./runner-state.tsx";

/** A code as its maker gets it, this once. */
export interface MadeCode {
  id: string;
  code: string | null;
  command: string | null;
  expiresAt: string;
  /** The command, to be read by a camera. */
  qr: QrCode | null;
}

/** The code with its command, and the machine as soon as it has used it. */
export function ConnectMachine({ made, runner }: { made: MadeCode; runner: Runner | undefined }) {
  if (runner) return <Connected runner={runner} />;
  if (made.code === null) {
    return <Notice tone="attention">The code was shown before. Withdraw it and make another one.</Notice>;
  }
  return (
    <div className="stack">
      <CopyOnce
        title="Type this on the machine"
        secret={made.command ?? made.code}
        hint="It needs Node 22 or newer, and works once."
      />
      {made.qr && (
        <details className="note">
          <summary>As a QR code</summary>
          <svg className="qr" viewBox={`0 0 ${made.qr.size} ${made.qr.size}`} role="img" aria-label="The command">
            <title>The command</title>
            <path d={made.qr.path} />
          </svg>
        </details>
      )}
      <Waiting expiresAt={made.expiresAt} />
    </div>
  );
}

function Waiting({ expiresAt }: { expiresAt: string }) {
  const left = Date.parse(expiresAt) - useNow();
  if (left <= 0) return <Notice tone="bad">The code is too old now. Make another one.</Notice>;
  return (
    <div className="waiting-machine" data-tone="attention" role="status">
      <svg className="dot" width="12" height="12" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">
        <circle className="pulse" cx="6" cy="6" r="6" />
        <circle cx="6" cy="6" r="3.25" />
      </svg>
      <span>Waiting for the machine</span>
      <span className="push faint tabular">
        <span suppressHydrationWarning>{formatDuration(left)}</span> left, until <ClockTime at={expiresAt} />
      </span>
    </div>
  );
}

function Connected({ runner }: { runner: Runner }) {
  const { base } = useCompany();
  return (
    <div className="stack">
      <Notice tone="good">
        {runner.name} is connected: {nameHost(runner.host)}, {runner.slots === 1 ? "1 run" : `${runner.slots} runs`} at
        a time.
      </Notice>
      <p>
        <RunnerState runner={runner} />
      </p>
      <div className="line">
        <ButtonLink to={`${base}/agents/new?adapter=claude_local`} leadsTo="agents.create" kind="primary">
          Hire an agent for it
        </ButtonLink>
        <ButtonLink to={`${base}/runners/${runner.id}`}>Open {runner.name}</ButtonLink>
      </div>
    </div>
  );
}
