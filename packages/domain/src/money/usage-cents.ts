import type { Usage } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { estimatedCents, pricesCte } from "./price-parts.ts";

export interface StatedUsage {
  usage?: Usage | null | undefined;
  provider?: string | null | undefined;
  model?: string | null | undefined;
}

/**
 * What the tokens that a run stated cost, over the alias `a` of its agent: the CTE `prices` to begin the statement with, and the
 * cents, 0 where nothing was stated and null where the model's price isn't known.
 */
export function usageCents(companyId: string, { usage, provider, model }: StatedUsage): { prices: SQL; cents: SQL } {
  if (!usage) return { prices: sql``, cents: sql`0` };
  const cents = estimatedCents(
    sql`${provider ?? null}::text`,
    sql`coalesce(${model ?? null}::text, a.adapter_config ->> 'model')`,
    sql`now()`,
    {
      input: sql`${usage.inputTokens ?? 0}::bigint`,
      cached: sql`${usage.cachedInputTokens ?? 0}::bigint`,
      output: sql`${usage.outputTokens ?? 0}::bigint`,
    },
  );
  return { prices: sql`prices as (${pricesCte(companyId)}),`, cents };
}
