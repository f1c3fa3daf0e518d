import type { RunResult } from "@boardroom/contract";
import {
  hasEnded,
  newRun,
  type RunEvent,
  type RunState,
  type RunStep,
  stepRun,
} from "../../src/heartbeat/run-machine.ts";

export interface ModelRun {
  state: RunState;
  agent: number;
  /** The issue it is about, by its number; null for the agent as a whole. */
  issue: number | null;
  wake: "open" | "claimed" | "done" | "skipped";
  waitReason: string | null;
}

/** What the model says a claim comes to. */
export type ModelVerdict =
  | "claimed"
  | "not_queued"
  | "not_yet"
  | "agent_paused"
  | "task_running"
  | "issue_held"
  | "concurrency";

const leaseMs = 90_000;
const timeoutMs = 3_600_000;

/**
 * Agents, issues and runs as they should be: each run steps by the pure machine, and what lies between runs (wakes that merge,
 * limits, locks, who waits for whom) is told here in the plainest way. Time is a count of commands.
 */
export class RunModel {
  now = 0;
  readonly runs: ModelRun[] = [];
  readonly isPaused: boolean[];
  /** The run that holds each issue. */
  readonly holders: (string | null)[];
  readonly limits: readonly number[];
  /** Ids of runs that the model knows of before it sees them: the one that each retry retries. */
  readonly expectedRetries: ModelRun[] = [];

  /** How often each thing happened, to see that the stories tell of everything. */
  readonly told: Record<string, number> = {};

  constructor(limits: readonly number[], issues: number) {
    this.limits = limits;
    this.isPaused = limits.map(() => false);
    this.holders = Array.from({ length: issues }, () => null);
  }

  /** Which agent an issue is assigned to. */
  assigneeOf(issue: number): number {
    return issue % this.limits.length;
  }

  tell(what: string): void {
    this.told[what] = (this.told[what] ?? 0) + 1;
  }

  openRun(agent: number, issue: number | null): ModelRun | undefined {
    return this.runs.find((run) => run.agent === agent && run.issue === issue && run.wake === "open");
  }

  /**
   * A wake of the board: a new run, or the open one, which waits no longer for others; where it was asked for, not for its
   * time either. @returns whether it is new
   */
  wake(agent: number, issue: number | null, runId: string, isAskedFor = false): boolean {
    const open = this.openRun(agent, issue);
    if (open && (open.waitReason || isAskedFor)) {
      open.state.availableAt = this.now;
      open.waitReason = null;
    }
    if (!open) this.runs.push({ state: newRun(runId, this.now), agent, issue, wake: "open", waitReason: null });
    return !open;
  }

  judge(run: ModelRun): ModelVerdict {
    const { state, agent, issue } = run;
    if (state.status !== "queued") return "not_queued";
    if (state.availableAt > this.now) return "not_yet";
    if (this.isPaused[agent]) return "agent_paused";
    const running = this.runs.filter((other) => other.agent === agent && other.state.status === "running");
    if (running.some((other) => other.issue === issue)) return "task_running";
    if (issue !== null && this.isHeld(issue, state.id)) return "issue_held";
    return running.length >= (this.limits[agent] ?? 1) ? "concurrency" : "claimed";
  }

  /** Whether another run than this one holds the issue under a lease that counts. */
  isHeld(issue: number, byOtherThan: string): boolean {
    const holder = this.runs.find(({ state }) => state.id === this.holders[issue]);
    return holder !== undefined && holder.state.id !== byOtherThan && this.isLive(holder);
  }

  isLive({ state }: ModelRun): boolean {
    return state.status === "running" && (state.leaseExpiresAt ?? 0) > this.now;
  }

  claim(run: ModelRun, fence: number): void {
    this.step(run, { type: "claim", leaseSeconds: leaseMs / 1000, timeoutSeconds: timeoutMs / 1000 }, fence);
    run.wake = "claimed";
    run.waitReason = null;
  }

  wait(run: ModelRun, reason: string): void {
    this.step(run, { type: "wait", until: this.now + leaseMs });
    run.waitReason = reason;
  }

  /** One event of one run, with what its end means for the others. @returns the machine's step */
  step(run: ModelRun, event: RunEvent, fence = 0): RunStep {
    const before = run.state;
    const step = stepRun(before, event, {
      now: this.now,
      nextFence: () => fence,
      nextId: () => `retry of ${before.id}`,
      random: () => 0,
    });
    run.state = step.run;
    this.tell(`${event.type} ${step.refusal ?? `${before.status} to ${step.run.status}`}`);
    const hasStopped = before.status === "running" && step.run.status !== "running";
    if (hasEnded(step.run.status) && !hasEnded(before.status)) run.wake = this.outcomeOf(run, event);
    if (hasStopped) this.letGo(run);
    const mayRetry =
      step.retry && !this.openRun(run.agent, run.issue) && !(event.type === "reap" && run.issue === null);
    if (step.retry && mayRetry) {
      const retry: ModelRun = { state: step.retry, agent: run.agent, issue: run.issue, wake: "open", waitReason: null };
      this.runs.push(retry);
      this.expectedRetries.push(retry);
    }
    return step;
  }

  private outcomeOf({ state }: ModelRun, { type }: RunEvent): ModelRun["wake"] {
    if (type === "complete") return "done";
    return state.status === "cancelled" ? "skipped" : "done";
  }

  /** What waited for a run that no longer runs is looked at again. */
  private letGo(run: ModelRun): void {
    const released = this.holders.flatMap((holder, issue) => (holder === run.state.id ? [issue] : []));
    for (const issue of released) {
      this.holders[issue] = null;
      this.letIssueGo(issue);
    }
    this.letAgentGo(run.agent);
  }

  /** Who was let go and then didn't take what it had waited for leaves it to the next. */
  passOn(run: ModelRun, waitedFor: string | null, verdict: ModelVerdict): void {
    if (waitedFor === null || verdict === waitedFor || verdict === "not_queued" || verdict === "not_yet") return;
    if (waitedFor === "issue_held" && run.issue !== null) this.letIssueGo(run.issue, run);
    else if (waitedFor !== "issue_held" && verdict !== "claimed") this.letAgentGo(run.agent, run);
  }

  private letIssueGo(issue: number, except?: ModelRun): void {
    for (const run of this.runs)
      if (run !== except && run.waitReason === "issue_held" && run.issue === issue) this.hurry(run);
  }

  private letAgentGo(agent: number, except?: ModelRun): void {
    const ofAgent = this.runs.filter((run) => run.agent === agent && run !== except);
    const busy = ofAgent.filter(({ state }) => state.status === "running").map(({ issue }) => issue);
    for (const run of ofAgent) {
      const waits = run.waitReason === "concurrency" || run.waitReason === "task_running";
      if (waits && !busy.includes(run.issue)) this.hurry(run);
    }
  }

  private hurry(run: ModelRun): void {
    if (run.state.status !== "queued") return;
    run.state = { ...run.state, availableAt: Math.min(run.state.availableAt, this.now) };
  }

  /** Leases that are over end, in one go. */
  reap(): void {
    const expired = this.runs.filter(
      ({ state }) => state.status === "running" && (state.leaseExpiresAt ?? 0) < this.now,
    );
    for (const run of expired) this.step(run, { type: "reap" });
  }

  pause(agent: number): void {
    this.isPaused[agent] = true;
    for (const run of this.runs.filter((each) => each.agent === agent && !hasEnded(each.state.status)))
      this.step(run, { type: "cancel" });
  }
}

/** Results that agents state, by what should come of them. */
export const results: Record<string, RunResult> = {
  succeeded: { status: "succeeded", summary: "Done", costUsd: 0.01 },
  cancelled: { status: "cancelled" },
  "failed for good": { status: "failed", error: "Wrong", errorFamily: "permanent" },
  "failed for its configuration": { status: "failed", error: "No such model", errorFamily: "config" },
  "failed for a while": { status: "failed", error: "Overloaded", errorFamily: "transient" },
  "failed for a quota": { status: "failed", error: "Too much", errorFamily: "quota", retryAfterSec: 120 },
};
