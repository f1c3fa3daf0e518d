import type { Renewal, Usage } from "@boardroom/contract";

export interface LeaseOfRun {
  runId: string;
  fence: number;
  token: string;
  leaseSeconds: number;
}

/** What the lease thread is told. */
export type ToLeaseThread =
  | { type: "hold"; lease: LeaseOfRun }
  | { type: "release"; runId: string }
  | { type: "usage"; runId: string; usage: Usage }
  /** Renew at once: a hint said that something changed. */
  | { type: "renew"; runId: string };

/** What it tells. */
export type FromLeaseThread =
  | { type: "renewed"; runId: string; token: string; action: Renewal["action"]; reason: string | null }
  | { type: "lost"; runId: string; reason: LossReason };

/** The server gave the run to somebody else or ended it; or its time ran out while we couldn't be heard, or slept. */
export type LossReason = "superseded" | "lease_over";
