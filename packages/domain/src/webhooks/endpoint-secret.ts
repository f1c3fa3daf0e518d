import type { Ctx } from "../context.ts";

/** What a sealed signing secret is bound to: it can't be opened for another company. */
export const endpointSecretContext = (companyId: string) => `event-webhook:${companyId}`;

/** A signing secret for an endpoint, sealed for storing. */
export async function makeEndpointSecret(ctx: Ctx): Promise<{ plain: string; sealed: string }> {
  const plain = ctx.ports.secrets.newWebhookSecret();
  return { plain, sealed: await ctx.ports.secrets.seal(plain, endpointSecretContext(ctx.db.companyId)) };
}
