import type { Ctx } from "../context.ts";
import { startDelivery } from "./start-delivery.ts";

/**
 * Claims a queued run and calls its agent. Safe to call any number of times, at once or later: only a claim delivers.
 * @returns the claim's verdict, or `unknown` when there is no such run
 */
export async function deliverRun(ctx: Ctx, runId: string): Promise<string> {
  const { verdict, callAgent } = await startDelivery(ctx, runId);
  await callAgent?.();
  return verdict;
}
