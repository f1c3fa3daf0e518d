import { randomBytes } from "node:crypto";
import type { RunJob } from "@boardroom/contract";
import { messageOf } from "../api/judge-error.ts";
import type { RunnerParts } from "../runner-parts.ts";
import type { ActiveRun, StopReason } from "./active-run.ts";
import { createToolAsker } from "./ask-tool.ts";
import { openJournal } from "./journal.ts";

/** Writes a claimed run down and takes its lease; what is to be done is decided by the first renewal. */
export function openRun(parts: RunnerParts, job: RunJob): ActiveRun {
  const { run, agent, task, runToken } = job;
  const journal = openJournal(parts.home.runs, {
    runId: run.id,
    fence: run.fence,
    token: runToken,
    leaseSeconds: run.leaseSeconds,
    agentName: agent.name,
    task: task?.identifier ?? null,
    adapterType: job.adapter.type,
    startedAt: new Date().toISOString(),
    phase: "claimed",
    marker: randomBytes(18).toString("base64url"),
    groups: [],
    temporaryFolder: null,
  });
  const stopping = new AbortController();
  const losing = new AbortController();
  let reason: StopReason | null = null;
  let note: string | null = null;
  const stop = (why: StopReason, said: string | null = null) => {
    reason ??= why;
    note ??= said;
    stopping.abort();
  };
  const lease = parts.leases.hold(
    { runId: run.id, fence: run.fence, token: runToken, leaseSeconds: run.leaseSeconds },
    {
      renewed({ token, action, reason: said }) {
        if (action === "cancel") stop(said === "timeout" ? "timeout" : "cancel", said);
        else if (action === "pause") stop("pause", said);
        try {
          journal.update({ token });
        } catch (error) {
          // A disk that is full: after a crash the older token is what there is.
          parts.say(`${run.id} could not be written down: ${messageOf(error)}`);
        }
      },
      lost(why) {
        parts.say(
          `${run.id} is no longer ours (${why === "superseded" ? "the server ended it" : "its lease is over"}).`,
        );
        reason = "lost";
        losing.abort();
        stop("lost");
      },
    },
  );
  const asker = createToolAsker({
    api: parts.api,
    runId: run.id,
    token: lease.token,
    signal: stopping.signal,
    now: parts.clock.now,
  });
  return {
    job,
    journal,
    lease,
    stop,
    stopped: stopping.signal,
    stopReason: () => reason,
    stopNote: () => note,
    lost: losing.signal,
    asker,
  };
}
