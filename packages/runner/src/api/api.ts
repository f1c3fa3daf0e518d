import { BoardroomError, createOperationsClient, type OperationCall, type OperationOutput } from "@boardroom/contract";
import { type RunnerCalls, runnerCalls } from "./operations.ts";
import { sendCapped } from "./send-capped.ts";
import type { ServerClock } from "./server-clock.ts";

export interface CallOptions {
  /** The bearer: the runner's token, or the newest one of a run. */
  token?: string | undefined;
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
}

export interface Api {
  /**
   * Calls one operation of the contract.
   * @throws BoardroomError with the server's code; `unavailable` for whatever isn't an answer of Boardroom: no network, a
   * proxy's page, a redirect, garbage
   */
  call<K extends keyof RunnerCalls>(
    id: K,
    call: OperationCall<RunnerCalls[K]>,
    options?: CallOptions,
  ): Promise<OperationOutput<RunnerCalls[K]>>;
}

/** Speaks to one server and to no other. */
export function createApi(baseUrl: string, clock: ServerClock): Api {
  return {
    async call(id, call, { token, timeoutMs = 20_000, signal } = {}) {
      const client = createOperationsClient(runnerCalls, {
        baseUrl,
        headers: { "user-agent": "boardroom-runner", ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        send: (request) => sendCapped(request, { clock, timeoutMs, signal }),
      });
      try {
        return await client.call(id, call);
      } catch (error) {
        if (error instanceof BoardroomError) throw error;
        throw new BoardroomError("unavailable", `${id} was answered with something that Boardroom doesn't say.`);
      }
    },
  };
}
