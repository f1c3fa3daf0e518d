import type { RunnerHint } from "@boardroom/contract";
import { offerAdapters } from "./adapters/offer-adapters.ts";
import { messageOf } from "./api/judge-error.ts";
import { createClaimer } from "./claims/claim-work.ts";
import { pause } from "./connection/backoff.ts";
import { type ConnectionState, holdConnection } from "./connection/hold-connection.ts";
import { createReconciler } from "./create-reconciler.ts";
import { createAccessToken } from "./credentials/access-token.ts";
import { openSeenJobs } from "./jobs/seen-jobs.ts";
import type { RunnerState } from "./reconcile.ts";
import { reportTest } from "./report-test.ts";
import { RunnerError } from "./runner-error.ts";
import type { RunnerParts } from "./runner-parts.ts";
import { describeStatus, type RunnerStatus } from "./runner-status.ts";
import { recoverRuns } from "./runs/recover-runs.ts";
import { createRunSet, type RunSet } from "./runs/run-set.ts";

export interface RunningRunner {
  status(): RunnerStatus;
  /** Takes no more work, and ends when what it does is done. */
  drain(): void;
  /** Ends what it does, tells of it, and ends. */
  stop(): void;
  /** Why it ended; null when it was asked to. */
  ended: Promise<RunnerError | null>;
}

/** However well hints work: so often it is asked for work without one. */
const safetyClaimMs = 15 * 60_000;
/** Longer than this nobody waits for what a stopped runner still has to tell. */
const lastWordsMs = 25_000;

/** Runs until it is told to stop, or can't go on. */
export async function startRunner(parts: RunnerParts): Promise<RunningRunner> {
  const { credential, machine, clock, home } = parts;
  const access = createAccessToken(credential, parts.api, clock);
  const closing = new AbortController();
  const ended = Promise.withResolvers<RunnerError | null>();
  const runs = createRunSet(parts);
  const state = await openState(parts, runs);
  const finish = (error: RunnerError | null) => {
    closing.abort();
    ended.resolve(error);
  };
  const settle = async (error: RunnerError | null) => {
    await Promise.race([untilIdle(runs), pause(lastWordsMs)]);
    await runs.killAll();
    finish(error);
  };
  let isStopping = false;
  const fatal = (error: RunnerError) => {
    if (closing.signal.aborted) return;
    isStopping = true;
    closing.abort();
    parts.say(error.message);
    // Nobody would tell us of a cancel any more.
    runs.stopAll("shutdown", error.message);
    void settle(error);
  };
  const shared = { parts, access, signal: closing.signal, onFatal: fatal };
  const claimer = createClaimer({
    ...shared,
    seen: openSeenJobs(home.seenJobsFile, clock.now),
    freeSlots: () => Math.max(0, state.slots - runs.active.size),
    mayClaim: () => !state.draining,
    start(job) {
      if (job.kind === "run") runs.start(job);
      else void reportTest(parts, access, job);
      // Its claim was under way when the runner was stopped: the server is told at once, and gives it to another.
      if (isStopping) runs.stopAll("shutdown");
    },
  });
  const reconciler = createReconciler({ ...shared, state, onReconciled: claimer.want });
  keepConnection({ ...shared, clock, apiUrl: credential.apiUrl }, state, {
    onConnected: reconciler.want,
    onHint: (hint) => follow(hint, runs, { work: claimer.want, rest: reconciler.want }),
  });
  runs.onFreed(() => {
    claimer.want();
    if (state.draining && runs.isIdle()) finish(null);
  });
  const safety = setInterval(claimer.want, safetyClaimMs);
  closing.signal.addEventListener("abort", () => clearInterval(safety), { once: true });
  return {
    status: () => describeStatus({ ...parts, machine }, state),
    drain() {
      state.draining = true;
      reconciler.want();
      // The server hears of it first, so that work goes elsewhere.
      void pause(500).then(() => runs.isIdle() && finish(null));
    },
    stop() {
      isStopping = true;
      state.draining = true;
      runs.stopAll("shutdown");
      void settle(null);
    },
    ended: ended.promise,
  };
}

/** What is taken up meanwhile counts, too. */
async function untilIdle(runs: RunSet): Promise<void> {
  while (!runs.isIdle()) await runs.settled();
}

type LiveState = RunnerState & { connection: ConnectionState };

/** Looks at the machine, and after what a crash left behind. */
async function openState(parts: RunnerParts, runs: RunSet): Promise<LiveState> {
  const { credential, machine, adapters } = parts;
  const recovered = await recoverRuns(parts);
  for (const { done } of recovered.reporting) runs.track(done);
  return {
    offered: await offerAdapters(adapters, machine),
    slots: Math.min(credential.slots, machine.policy.maxSlots),
    draining: false,
    active: runs.active,
    recovered,
    connection: "connecting",
  };
}

type ConnectionOptions = Parameters<typeof holdConnection>[0];

function keepConnection(
  options: Omit<ConnectionOptions, "onConnected" | "onHint" | "onState"> & {
    parts: RunnerParts;
    onFatal(error: RunnerError): void;
  },
  state: LiveState,
  events: Pick<ConnectionOptions, "onConnected" | "onHint">,
): void {
  const onState = (next: ConnectionState) => {
    if (next !== state.connection) options.parts.say(sentences[next]);
    state.connection = next;
  };
  holdConnection({ ...options, ...events, onState }).catch((error) =>
    options.onFatal(error instanceof RunnerError ? error : new RunnerError("bad_credential", messageOf(error))),
  );
}

/** Hints name, and decide nothing: what is to be done is asked for by a call. */
function follow(hint: RunnerHint, runs: RunSet, ask: { work(): void; rest(): void }): void {
  if (hint.type === "work") ask.work();
  else if (hint.type === "cancel") runs.active.get(hint.runId)?.lease.renewNow();
  else if (hint.type === "decision") runs.active.get(hint.runId)?.asker.decided(hint.toolApprovalId);
  else ask.rest();
}

const sentences: Record<ConnectionState, string> = {
  connecting: "Connecting …",
  socket: "Connected; waiting for work.",
  poll: "Connected by long poll; waiting for work.",
  offline: "Boardroom can't be reached; trying again.",
};
