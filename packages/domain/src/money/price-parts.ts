import { type SQL, sql } from "drizzle-orm";
import { knownPrices } from "./known-prices.ts";

export interface TokenCounts {
  input: SQL;
  cached: SQL;
  output: SQL;
}

/** One row for each name of a model, as the statements read it. */
const knownRows = JSON.stringify(
  knownPrices.flatMap(({ models, until = null, ...price }) => models.map((model) => ({ ...price, until, model }))),
);

/** The prices that the company or a provider names, as a CTE `prices` of the statement that estimates. */
export const pricesCte = (companyId: string): SQL => sql`
  select 0 as rank, m.provider, m.model, m.valid_from, null::date as valid_until, m.input_cents, m.cached_input_cents, m.output_cents
  from model_prices m where m.company_id = ${companyId}::uuid
  union all
  select 1, k.provider, k.model, k."from", k.until, k."inputCents", k."cachedInputCents", k."outputCents"
  from jsonb_to_recordset(${knownRows}::jsonb) as k(provider text, model text, "from" date, until date,
    "inputCents" numeric, "cachedInputCents" numeric, "outputCents" numeric)`;

/**
 * What tokens of a model cost by the CTE `prices`, in cents, or null where no price is known. The company's own price goes before
 * the provider's. A provider that isn't stated is found by the model's name.
 */
export const estimatedCents = (provider: SQL, model: SQL, on: SQL, { input, cached, output }: TokenCounts): SQL => sql`(
  select round((p.input_cents * ${input} + p.cached_input_cents * ${cached} + p.output_cents * ${output}) / 1000000, 6)
  from prices p
  where p.model = lower(${model}) and (coalesce(${provider}, 'unknown') = 'unknown' or p.provider = lower(${provider}))
    and p.valid_from <= (${on})::date and (p.valid_until is null or (${on})::date < p.valid_until)
  order by p.rank, p.valid_from desc limit 1)`;
