import type { RoutineSigningMode } from "@boardroom/contract";
import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";

export interface WebhookTrigger {
  companyId: string;
  routineId: string;
  triggerId: string;
  signingMode: RoutineSigningMode;
  replayWindowSec: number;
  /** The secret, sealed under `triggerSecretContext`. */
  sealed: string;
  /** The delivery's own time lies within the window; null when it states none. */
  isInWindow: boolean | null;
}

interface TriggerRow {
  company_id: string;
  routine_id: string;
  id: string;
  signing_mode: RoutineSigningMode;
  replay_window_sec: number;
  sealed: string;
  is_in_window: boolean | null;
}

/**
 * The trigger of a webhook's address, in one statement with a look at the clock. What the delivery says is not believed yet.
 * @param statedAt seconds since 1970 as the delivery states them
 */
export async function findWebhookTrigger(
  system: Connection,
  publicId: string,
  statedAt: number | null,
): Promise<WebhookTrigger | null> {
  const [row] = await system.raw<TriggerRow>(sql`
    select t.company_id, t.routine_id, t.id, t.signing_mode, t.replay_window_sec, s.sealed,
      abs(extract(epoch from now()) - ${statedAt}::float8) <= t.replay_window_sec as is_in_window
    from routine_triggers t join routine_trigger_secrets s on s.company_id = t.company_id and s.trigger_id = t.id
    where t.public_id = ${publicId}::text and t.kind = 'webhook'`);
  if (!row) return null;
  const { company_id, routine_id, id, signing_mode, replay_window_sec, sealed, is_in_window } = row;
  return {
    companyId: company_id,
    routineId: routine_id,
    triggerId: id,
    signingMode: signing_mode,
    replayWindowSec: replay_window_sec,
    sealed,
    isInWindow: is_in_window,
  };
}
