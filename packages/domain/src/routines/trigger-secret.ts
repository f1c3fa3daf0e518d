import type { Ctx } from "../context.ts";

/** Binds sealed secrets of triggers to their company and purpose. */
export const triggerSecretContext = (companyId: string) => `routine-trigger:${companyId}`;

/** A secret for a webhook's sender, sealed for storing. */
export async function makeTriggerSecret({ ports, db }: Ctx): Promise<{ plain: string; sealed: string }> {
  const plain = ports.secrets.newWebhookSecret();
  return { plain, sealed: await ports.secrets.seal(plain, triggerSecretContext(db.companyId)) };
}
