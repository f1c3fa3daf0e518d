import type { adapterTypes } from "./enums.ts";

/** What the heartbeat has to know of a kind of agent. */
export interface AdapterTraits {
  /** A run that isn't renewed for this long has lost its lease. */
  leaseSeconds: number;
  /** Configuration fields that a session is bound to: when one changes, the next run starts fresh. */
  sessionFields: readonly string[];
  /** Reads the session parameters that a run reported; null when they hold no session that could be resumed. */
  readSession(params: Record<string, unknown>): { id: string; cwd: string | null } | null;
}

const readSession = (params: Record<string, unknown>) => {
  const { sessionId, cwd } = params;
  if (typeof sessionId !== "string" || sessionId === "" || sessionId.length > 500) return null;
  return { id: sessionId, cwd: typeof cwd === "string" && cwd.length <= 4000 ? cwd : null };
};

export const adapterTraits: Record<(typeof adapterTypes)[number], AdapterTraits> = {
  http: { leaseSeconds: 90, sessionFields: ["url"], readSession },
};
