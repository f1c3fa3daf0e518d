import { secretKeysIn } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { type FoundSecretRow, foundSecretParts, foundSecrets } from "./claim-parts.ts";
import { fillReferences } from "./fill-references.ts";
import { openSecrets } from "./open-secrets.ts";
import { refusedSecret } from "./refused-secret.ts";

export interface ResolveFor {
  agentId: string | null;
  runId: string | null;
  purpose: "poll" | "cancel" | "test";
}
export interface ResolvedConfig {
  config: Record<string, unknown>;
  /** To be masked in whatever comes of it. */
  values: readonly string[];
  /** Why a secret in it was not given out; it is left as it is then. */
  refusal: string | null;
}

/** An agent's settings for a call of it that is not the claim's own, with the secrets that they name; each is written down. */
export async function resolveConfig(
  ctx: Ctx,
  config: Record<string, unknown>,
  { agentId, runId, purpose }: ResolveFor,
): Promise<ResolvedConfig> {
  const text = JSON.stringify(config);
  if (secretKeysIn(text).length === 0) return { config, values: [], refusal: null };
  const { companyId } = ctx.db;
  const parts = foundSecretParts(companyId, "settings", sql`${purpose}::text`);
  const ctes = Object.entries(parts).map(([name, body]) => sql`${sql.identifier(name)} as (${body})`);
  const [row] = await ctx.db.raw<{ secrets: FoundSecretRow[] | null }>(sql`
    with settings as (
      select ${companyId}::uuid as company_id, ${runId}::uuid as id, ${agentId}::uuid as agent_id, ${text}::jsonb as adapter_config,
        '{}'::jsonb as environment, (
          select i.project_id from heartbeat_runs r join issues i on i.company_id = r.company_id and i.id = r.issue_id
          where r.company_id = ${companyId}::uuid and r.id = ${runId}::uuid) as project_id),
      ${sql.join(ctes, sql`, `)}
    select ${foundSecrets} as secrets`);
  const found = row?.secrets ?? [];
  const refusal = refusedSecret(found);
  if (refusal !== null) return { config, values: [], refusal };
  const opened = await openSecrets(ctx, found);
  return { config: fillReferences(config, opened), values: [...opened.values()], refusal };
}
