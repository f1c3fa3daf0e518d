/** US cents per million tokens. Tokens that were written into a cache count as input. */
export interface KnownPrice {
  provider: string;
  /** Exactly as a provider names it; other names of the same model stand beside it. */
  models: readonly string[];
  /** The first day, and the day on which it no longer holds. */
  from: string;
  until?: string;
  inputCents: number;
  cachedInputCents: number;
  outputCents: number;
}

type Dollars = [input: number, cached: number, output: number];
const of = (provider: string) => (models: string[], dollars: Dollars, from: string, until?: string) =>
  price(provider, models, dollars, from, until);
const anthropic = of("anthropic");
const openai = of("openai");

/**
 * What providers ask for, from their price lists as of October 2026: https://platform.claude.com/docs/en/about-claude/pricing
 * and https://platform.openai.com/docs/pricing (standard tier). Models whose price depends on the length of a prompt are not
 * here, since a sum of tokens doesn't tell it: they are unaccounted until the company names a price.
 */
export const knownPrices: readonly KnownPrice[] = [
  anthropic(["claude-opus-5-5"], [4, 0.2, 20], "2026-09-01"),
  anthropic(["claude-opus-5"], [5, 0.5, 25], "2026-01-01"),
  anthropic(["claude-opus-4-8"], [5, 0.5, 25], "2026-01-01"),
  anthropic(["claude-opus-4-7"], [5, 0.5, 25], "2026-01-01"),
  anthropic(["claude-opus-4-6"], [5, 0.5, 25], "2026-01-01"),
  anthropic(["claude-opus-4-5", "claude-opus-4-5-20251101"], [5, 0.5, 25], "2025-11-24"),
  anthropic(["claude-opus-4-1", "claude-opus-4-1-20250805"], [15, 1.5, 75], "2025-08-05"),
  anthropic(["claude-opus-4-0", "claude-opus-4-20250514"], [15, 1.5, 75], "2025-05-22"),
  anthropic(["claude-sonnet-5-5"], [2, 0.2, 10], "2026-09-01", "2026-10-07"),
  anthropic(["claude-sonnet-5-5"], [2, 0.1, 10], "2026-10-07"),
  anthropic(["claude-sonnet-5"], [2, 0.2, 10], "2026-01-01"),
  anthropic(["claude-sonnet-4-5", "claude-sonnet-4-5-20250929"], [3, 0.3, 15], "2025-09-29"),
  anthropic(["claude-sonnet-4-0", "claude-sonnet-4-20250514"], [3, 0.3, 15], "2025-05-22"),
  anthropic(["claude-haiku-4-5", "claude-haiku-4-5-20251001"], [1, 0.1, 5], "2025-10-15"),
  anthropic(["claude-3-5-haiku-20241022"], [0.8, 0.08, 4], "2024-11-04"),
  openai(["gpt-5", "gpt-5-2025-08-07", "gpt-5-codex"], [1.25, 0.125, 10], "2025-08-07"),
  openai(["gpt-5.1", "gpt-5.1-codex"], [1.25, 0.125, 10], "2025-11-13"),
  openai(["gpt-5-mini", "gpt-5-mini-2025-08-07"], [0.25, 0.025, 2], "2025-08-07"),
  openai(["gpt-5-nano", "gpt-5-nano-2025-08-07"], [0.05, 0.005, 0.4], "2025-08-07"),
  openai(["gpt-4.1", "gpt-4.1-2025-04-14"], [2, 0.5, 8], "2025-04-14"),
  openai(["gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"], [0.4, 0.1, 1.6], "2025-04-14"),
  openai(["gpt-4o", "gpt-4o-2024-08-06"], [2.5, 1.25, 10], "2024-10-01"),
  openai(["gpt-4o-mini", "gpt-4o-mini-2024-07-18"], [0.15, 0.075, 0.6], "2024-10-01"),
];

function price(provider: string, models: string[], dollars: Dollars, from: string, until?: string): KnownPrice {
  const [inputCents, cachedInputCents, outputCents] = dollars.map((each) => Math.round(each * 100_000) / 1000);
  return {
    provider,
    models,
    from,
    ...(until && { until }),
    inputCents: inputCents ?? 0,
    cachedInputCents: cachedInputCents ?? 0,
    outputCents: outputCents ?? 0,
  };
}
