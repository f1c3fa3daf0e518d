import type { CreatedRoutineTrigger } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { changeTrigger } from "./change-trigger.ts";
import { shownTrigger, webhookUrl } from "./routine-rows.ts";
import { makeTriggerSecret } from "./trigger-secret.ts";

/**
 * Makes the next secret of a webhook trigger, answered this once. The old one is worth nothing from then on: whoever rotates
 * may do so because it leaked.
 * @throws BoardroomError invalid_request for a trigger without a secret, forbidden
 */
export async function rotateTriggerSecret(
  ctx: Ctx,
  { id }: InputOf<"routineTriggers.rotateSecret">,
): Promise<CreatedRoutineTrigger> {
  const secret = await makeTriggerSecret(ctx);
  const { routineStatus, readAt, ...trigger } = await changeTrigger(ctx, {
    triggerId: id,
    action: "routine.trigger_secret_rotated",
    limits: sql`when t.kind <> 'webhook' then 'no_webhook'`,
    parts: {
      replaced: sql`
        update routine_trigger_secrets s set sealed = ${secret.sealed}::text from judged
        where s.company_id = judged.company_id and s.trigger_id = judged.id`,
      changed: sql`
        update routine_triggers t set secret_rotated_at = now(), updated_at = now() from judged
        where t.company_id = judged.company_id and t.id = judged.id returning t.*`,
    },
  });
  const { publicId } = trigger;
  return {
    trigger: shownTrigger(ctx.ports, trigger, routineStatus, readAt),
    secretMaterial: publicId ? { webhookUrl: webhookUrl(ctx.ports, publicId), webhookSecret: secret.plain } : null,
  };
}
