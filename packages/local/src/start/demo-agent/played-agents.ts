import type { PlayedAgent } from "../demo/demo-state.ts";
import type { DemoInvocation } from "./invocation.ts";
import type { DemoWorker } from "./work-on-run.ts";

/** Reads whom the demo agent is to play; null for anything else. */
export function readAdoption(body: string): (PlayedAgent & { companyId: string }) | null {
  try {
    const { agentId, companyId, webhookSecret }: Record<string, unknown> = JSON.parse(body);
    if (typeof agentId !== "string" || typeof companyId !== "string" || typeof webhookSecret !== "string") return null;
    return { agentId, companyId, secret: webhookSecret };
  } catch {
    return null;
  }
}

/** The CEO of a company that the demo agent plays, or one whom that CEO's plan hired: those sign alike. */
export function playedBy(
  played: ReadonlyMap<string, PlayedAgent>,
  { companyId, agentId }: DemoInvocation,
): DemoWorker | undefined {
  const ceo = played.get(companyId);
  if (!ceo) return undefined;
  const isCeo = ceo.agentId === agentId;
  const part = isCeo
    ? ({ name: "The demo CEO", role: "founder", costCents: 0.5 } as const)
    : ({ name: "A demo agent", role: "worker", costCents: 3 } as const);
  return { part, secret: ceo.secret };
}
