import type { RunnerJob } from "@boardroom/contract";
import { judgeError, messageOf } from "../api/judge-error.ts";
import { backoffMs, pause } from "../connection/backoff.ts";
import type { AccessToken } from "../credentials/access-token.ts";
import { asRunner } from "../credentials/as-runner.ts";
import type { SeenJobs } from "../jobs/seen-jobs.ts";
import { verifyJob } from "../jobs/verify-job.ts";
import { RunnerError } from "../runner-error.ts";
import type { RunnerParts } from "../runner-parts.ts";

export interface ClaimerOptions {
  parts: RunnerParts;
  access: AccessToken;
  seen: SeenJobs;
  signal: AbortSignal;
  freeSlots(): number;
  mayClaim(): boolean;
  start(job: RunnerJob): void;
  /** The runner can't go on: it was revoked. */
  onFatal(error: RunnerError): void;
  /** There is no work now. */
  onNothing?(): void;
}

/** Asks for work, one claim at a time, while there is some and a slot is free. */
export interface Claimer {
  /** There may be work. */
  want(): void;
}

/** Hints can come faster than claims are of use. */
const restMs = 100;
/** Who hands out jobs that can't be believed isn't asked again at once. */
const refusedRestMs = 30_000;

export function createClaimer(options: ClaimerOptions): Claimer {
  const { parts, signal, onFatal } = options;
  let isWanted = false;
  let isWorking = false;
  const work = async () => {
    for (let failures = 0; isWanted && !signal.aborted && options.mayClaim(); ) {
      isWanted = false;
      try {
        isWanted = (await claimOnce(options)) || isWanted;
        failures = 0;
        await pause(restMs, signal);
      } catch (error) {
        if (error instanceof RunnerError && error.code === "revoked") return onFatal(error);
        parts.say(`No work could be claimed: ${messageOf(error)}`);
        const isRefused = error instanceof RunnerError;
        // When the server isn't there, the next connection asks again; when it is, it may only be busy.
        if (!isRefused && judgeError(error) !== "later") return;
        failures += 1;
        isWanted = failures < 8;
        await pause(isRefused ? refusedRestMs : backoffMs(failures, 1000, 60_000), signal);
      }
    }
  };
  const want = () => {
    isWanted = true;
    if (isWorking) return;
    isWorking = true;
    void work().finally(() => {
      isWorking = false;
      if (isWanted && !signal.aborted && options.mayClaim()) want();
    });
  };
  return { want };
}

/** @returns whether to ask again at once */
async function claimOnce(options: ClaimerOptions): Promise<boolean> {
  const { parts, access, seen, signal, start } = options;
  const freeSlots = options.freeSlots();
  const { job: signed, retryAfterMs } = await asRunner(access, (token) =>
    parts.api.call("runners.claim", { body: { freeSlots } }, { token, timeoutMs: 30_000 }),
  );
  if (signed === null) {
    options.onNothing?.();
    if (retryAfterMs === null) return false;
    await pause(Math.min(60_000, Math.max(1000, retryAfterMs)), signal);
    return true;
  }
  const { serverKey, runnerId } = parts.credential;
  const job = await verifyJob(signed, { serverKey, runnerId, nowMs: parts.clock.now(), seen });
  start(job);
  return options.freeSlots() > 0;
}
