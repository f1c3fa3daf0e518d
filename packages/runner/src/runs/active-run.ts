import type { RunJob } from "@boardroom/contract";
import type { HeldLease } from "../lease/lease-keeper.ts";
import type { ToolAsker } from "./ask-tool.ts";
import type { Journal } from "./journal.ts";

/** Why a run was stopped before its program ended by itself. */
export type StopReason = "cancel" | "pause" | "timeout" | "lost" | "shutdown";

/** A run that this runner is at. */
export interface ActiveRun {
  job: RunJob;
  journal: Journal;
  lease: HeldLease;
  /** Ends its programs; the first reason counts. */
  stop(reason: StopReason, note?: string | null): void;
  stopped: AbortSignal;
  stopReason(): StopReason | null;
  stopNote(): string | null;
  /** Aborted when the run is somebody else's, or nobody's: nothing is to be said about it any more. */
  lost: AbortSignal;
  asker: ToolAsker;
}
