import { messageOf } from "./api/judge-error.ts";
import { backoffMs, pause } from "./connection/backoff.ts";
import type { AccessToken } from "./credentials/access-token.ts";
import { type RunnerState, reconcile } from "./reconcile.ts";
import { RunnerError } from "./runner-error.ts";
import type { RunnerParts } from "./runner-parts.ts";

export interface ReconcilerOptions {
  parts: RunnerParts;
  access: AccessToken;
  state: RunnerState;
  signal: AbortSignal;
  /** The server knows how it stands: there may be work. */
  onReconciled(): void;
  onFatal(error: RunnerError): void;
}

/** Once the connection stays away for longer than this many tries, the next connection asks again. */
const maxFailures = 10;

/** Tells the server how it stands, one call at a time; what is wanted meanwhile is told once more after it. */
export function createReconciler({ parts, access, state, signal, onReconciled, onFatal }: ReconcilerOptions) {
  let isWanted = false;
  let isWorking = false;
  const work = async () => {
    for (let failures = 0; isWanted && !signal.aborted && failures < maxFailures; ) {
      isWanted = false;
      try {
        await reconcile(parts, access, state);
        state.recovered = null;
        failures = 0;
        onReconciled();
      } catch (error) {
        if (error instanceof RunnerError) return onFatal(error);
        failures += 1;
        isWanted = true;
        if (failures === 3) parts.say(`The server can't be told how it stands here: ${messageOf(error)}`);
        await pause(backoffMs(failures, 500, 15_000), signal);
      }
    }
  };
  return {
    want() {
      isWanted = true;
      if (isWorking) return;
      isWorking = true;
      void work().finally(() => {
        isWorking = false;
      });
    },
  };
}
