import type { ConnectionState } from "./connection/hold-connection.ts";
import type { RunnerState } from "./reconcile.ts";
import type { RunnerParts } from "./runner-parts.ts";
import { runnerVersion } from "./version.ts";

/** What a running runner tells of itself on its own machine. */
export interface RunnerStatus {
  runnerId: string;
  name: string;
  companyName: string;
  apiUrl: string;
  version: string;
  pid: number;
  connection: ConnectionState;
  draining: boolean;
  slots: number;
  adapters: { type: string; version: string | null }[];
  problems: readonly string[];
  runs: { runId: string; agent: string; task: string | null; adapter: string; phase: string; startedAt: string }[];
}

export function describeStatus(
  { credential, adapters }: RunnerParts,
  state: RunnerState & { connection: ConnectionState },
): RunnerStatus {
  const { runnerId, name, companyName, apiUrl } = credential;
  return {
    runnerId,
    name,
    companyName,
    apiUrl,
    version: runnerVersion,
    pid: process.pid,
    connection: state.connection,
    draining: state.draining,
    slots: state.slots,
    adapters: state.offered.map(({ type, version }) => ({ type, version })),
    problems: adapters.problems,
    runs: [...state.active.values()].map(({ journal }) => {
      const { runId, agentName, task, adapterType, phase, startedAt } = journal.entry();
      return { runId, agent: agentName, task, adapter: adapterType, phase, startedAt };
    }),
  };
}
