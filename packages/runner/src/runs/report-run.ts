import { pause } from "../connection/backoff.ts";
import type { HeldLease } from "../lease/lease-keeper.ts";
import type { LogSender } from "../logs/log-sender.ts";
import { type Delivered, deliver } from "../outbox/deliver.ts";
import type { Letter } from "../outbox/outbox.ts";
import type { RunnerParts } from "../runner-parts.ts";

/** Carries what a run has to tell: the steps of its workspace as they come, and its end once its log is there. */
export interface RunReporter {
  tell(letter: Letter): void;
  /** Sends the rest of the log and then the end, which lies in the outbox. Resolves when it is accepted or nobody's business. */
  finish(): Promise<Delivered>;
}

/** A log that the server doesn't take holds up the end of its run for no longer than this. */
const logPatienceMs = 120_000;

export function createReporter(
  { api, outbox }: Pick<RunnerParts, "api" | "outbox">,
  lease: Pick<HeldLease, "runId" | "token">,
  sender: LogSender,
  lost: AbortSignal,
): RunReporter {
  let mayEnd = false;
  let delivering = Promise.resolve<Delivered>("accepted");
  const { runId, token } = lease;
  const kick = () => {
    const send = () => deliver(api, outbox, { runId, token, signal: lost, mayEnd: () => mayEnd });
    // What a full disk broke off goes on with the next letter, or with the end.
    delivering = delivering.then(send, send);
    return delivering;
  };
  return {
    tell(letter) {
      outbox.put(runId, letter);
      kick().catch(() => undefined);
    },
    async finish() {
      const patience = new AbortController();
      const isPatient = AbortSignal.any([lost, patience.signal]);
      await Promise.race([sender.finish(), pause(logPatienceMs, isPatient)]);
      patience.abort();
      sender.stop();
      mayEnd = true;
      return kick();
    },
  };
}
