import { BoardroomError } from "@boardroom/contract";
import { clientOfRun } from "./client-of-run.ts";
import type { DemoInvocation } from "./invocation.ts";

export interface KeptLease {
  /** The newest run token. */
  token(): string;
  /** Aborted when the run must end: cancelled, paused, lost, or the program stops. */
  signal: AbortSignal;
  stop(): void;
}

const renewEveryMs = 25_000;

/** Renews a run's lease until stopped; each renewal brings the next token and says whether to go on. */
export function keepLease(invocation: DemoInvocation, stopped: AbortSignal): KeptLease {
  const over = new AbortController();
  let token = invocation.runToken;
  const renew = async () => {
    try {
      const api = clientOfRun(invocation.apiUrl, token);
      const answer = await api.call("runs.renew", { params: { id: invocation.runId }, body: {} });
      token = answer.runToken;
      if (answer.action !== "continue") over.abort();
    } catch (error) {
      if (error instanceof BoardroomError && error.status < 500) over.abort();
    }
  };
  const timer = setInterval(renew, renewEveryMs);
  return {
    token: () => token,
    signal: AbortSignal.any([over.signal, stopped]),
    stop: () => clearInterval(timer),
  };
}
