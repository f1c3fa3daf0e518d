import { formatMoney } from "../format/money.ts";

export function Money({ cents }: { cents: number }) {
  return <span className="tabular">{formatMoney(cents)}</span>;
}

/** "$3.20 of $25", or "$3.20, no limit". */
export function Spend({ spentCents, budgetCents }: { spentCents: number; budgetCents: number | null }) {
  return (
    <span className="tabular">
      {formatMoney(spentCents)}
      <span className="faint">{budgetCents === null ? ", no limit" : ` of ${formatMoney(budgetCents)}`}</span>
    </span>
  );
}

/** Spend against budget as a thin line; says so in words where it stands alone. */
export function SpendBar({ spentCents, budgetCents }: { spentCents: number; budgetCents: number | null }) {
  if (budgetCents === null) return null;
  const share = budgetCents === 0 ? 1 : spentCents / budgetCents;
  const tone = share >= 1 ? "bad" : share >= 0.8 ? "attention" : "active";
  return (
    <svg className="spend" data-tone={tone} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect className="track" width="100" height="4" />
      <rect width={Math.min(100, share * 100)} height="4" fill="currentColor" />
    </svg>
  );
}
