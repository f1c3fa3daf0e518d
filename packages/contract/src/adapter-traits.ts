import { type EdgeAdapterType, edgeAdapterTypes, type RunnerAdapterType } from "./enums.ts";

/** What the heartbeat has to know of a kind of agent. */
export interface AdapterTraits {
  /** Who starts its runs: the Worker itself, or a runner on somebody's machine. */
  place: "edge" | "runner";
  /** A run that isn't renewed for this long has lost its lease. */
  leaseSeconds: number;
  /** Configuration fields that a session is bound to: when one changes, the next run starts fresh. */
  sessionFields: readonly string[];
  /** It doesn't call back: the tick asks it each minute how its accepted runs do, and renews them. */
  isPolled: boolean;
}

const edge = (sessionFields: readonly string[], over: Partial<AdapterTraits> = {}): AdapterTraits => ({
  place: "edge",
  leaseSeconds: 90,
  sessionFields,
  isPolled: false,
  ...over,
});
const runner = (...sessionFields: string[]): AdapterTraits => ({
  place: "runner",
  leaseSeconds: 90,
  sessionFields,
  isPolled: false,
});

export const adapterTraits: Record<EdgeAdapterType | RunnerAdapterType, AdapterTraits> = {
  http: edge(["url"]),
  // A turn of a model calls back when it is done, not every minute.
  openclaw_gateway: edge(["url", "agentId"], { leaseSeconds: 900 }),
  a2a: edge(["url"], { leaseSeconds: 300, isPolled: true }),
  process: runner("command"),
  claude_local: runner("command"),
  codex_local: runner("command"),
  cursor: runner("command"),
  gemini_local: runner("command"),
  opencode_local: runner("command"),
  pi_local: runner("command"),
  hermes_local: runner("command"),
};

/** Of kinds that only some runner knows. */
export const externalTraits: AdapterTraits = runner("command");

export const isEdgeAdapter = (type: string): type is EdgeAdapterType =>
  edgeAdapterTypes.some((known) => known === type);

/** The session that the parameters of a run's result name; null when they hold none that could be resumed. */
export function readSession(params: Record<string, unknown>): { id: string; cwd: string | null } | null {
  const { sessionId, cwd } = params;
  if (typeof sessionId !== "string" || sessionId === "" || sessionId.length > 500) return null;
  return { id: sessionId, cwd: typeof cwd === "string" && cwd.length <= 4000 ? cwd : null };
}
