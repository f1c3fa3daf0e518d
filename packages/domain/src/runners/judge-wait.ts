import type { RunnerWait } from "@boardroom/contract";

export interface Machine {
  id: string;
  name: string;
  status: "active" | "draining";
  isOnline: boolean;
  offered: readonly string[];
  labels: readonly string[];
  agentIds: readonly string[] | null;
  slots: number;
  usedSlots: number;
}

/** The queued runs of one agent that wait for a machine. */
export interface Waiting {
  agentId: string;
  agentName: string;
  adapterType: string;
  runCount: number;
  oldestAt: string;
  /** Where alone the agent may run, and what its machine has to be. */
  runnerId: string | null;
  labels: readonly string[];
  /** The one machine that has the folder. */
  workspaceRunnerId: string | null;
}

interface Demand {
  reason: "adapter" | "agent" | "label" | "workspace";
  holds(machine: Machine): boolean;
  /** What a machine has that meets it: "offers claude_local". */
  has: string;
  /** When none does. */
  lacking: string;
}

/**
 * Says in a sentence why work waits: which demand no machine meets, or what keeps those that would do it.
 * @example judgeWait(waiting, machines).message // "3 tasks wait because only Laptop A has the label mac, and it is offline."
 */
export function judgeWait(waiting: Waiting, machines: readonly Machine[]): RunnerWait {
  const { agentId, agentName, runCount, oldestAt } = waiting;
  const tasks = runCount === 1 ? `1 task of ${agentName} waits` : `${runCount} tasks of ${agentName} wait`;
  const told = (reason: RunnerWait["reason"], why: string, fitting: readonly Machine[] = []): RunnerWait => ({
    ...{ agentId, agentName, runCount, oldestAt, reason },
    message: `${tasks} because ${why}.`,
    runnerIds: fitting.map(({ id }) => id),
  });
  if (machines.length === 0) return told("no_runner", "the company has no runner: connect a machine");
  let fitting = machines;
  let narrowing: Demand | null = null;
  for (const demand of demandsOf(waiting)) {
    const left = fitting.filter((machine) => demand.holds(machine));
    if (left.length === 0) return told(demand.reason, demand.lacking);
    if (left.length < fitting.length) narrowing = demand;
    fitting = left;
  }
  const [state, why] = whyNotNow(fitting);
  const subject = fitting.map(({ name }) => name).join(" and ");
  const only = narrowing ? `only ${subject} ${narrowing.has}, and ${pronoun(fitting)}` : subject;
  return told(state, `${only} ${why}`, fitting);
}

const pronoun = (machines: readonly Machine[]) => (machines.length === 1 ? "it" : "they");

function demandsOf({ adapterType, agentId, agentName, runnerId, labels, workspaceRunnerId }: Waiting): Demand[] {
  const label = `the label${labels.length === 1 ? "" : "s"} ${labels.join(", ")}`;
  return [
    {
      reason: "adapter",
      holds: ({ offered }) => offered.includes(adapterType),
      has: `offers ${adapterType}`,
      lacking: `no runner offers ${adapterType}: its program was found on none`,
    },
    {
      reason: "agent",
      holds: (machine) =>
        (runnerId === null || machine.id === runnerId) && (machine.agentIds?.includes(agentId) ?? true),
      has: `may run ${agentName}`,
      lacking: `no runner that could may run ${agentName}`,
    },
    {
      reason: "label",
      holds: (machine) => labels.every((wanted) => machine.labels.includes(wanted)),
      has: `has ${label}`,
      lacking: `no runner that could has ${label}`,
    },
    {
      reason: "workspace",
      holds: ({ id }) => workspaceRunnerId === null || id === workspaceRunnerId,
      has: "has the folder",
      lacking: "the one runner that has the folder can't run it",
    },
  ];
}

/** What keeps machines that would do it; the least that has to change comes last. */
function whyNotNow(fitting: readonly Machine[]): [RunnerWait["reason"], string] {
  const be = fitting.length === 1 ? "is" : "are";
  const online = fitting.filter(({ isOnline }) => isOnline);
  if (online.length === 0) return ["offline", `${be} offline`];
  const active = online.filter(({ status }) => status === "active");
  if (active.length === 0) return ["draining", `${fitting.length === 1 ? "takes" : "take"} nothing new`];
  const hasPlace = active.some(({ usedSlots, slots }) => usedSlots < slots);
  return ["full", hasPlace ? `${be} about to take it` : `${be} busy`];
}
