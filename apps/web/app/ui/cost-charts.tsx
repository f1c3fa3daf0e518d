import type { CostForecast } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { formatMoney } from "../format/money.ts";

/** The month adding up day by day, where it is heading, and the budget's line. Drawn on the server. */
export function ForecastLine({ forecast }: { forecast: CostForecast }) {
  const { days, budgetCents, spentCents, monthEndCents, lowCents, highCents } = forecast;
  const now = new Date();
  const today = now.getUTCDate();
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate();
  const byDay = new Map(days.map(({ date, costCents }) => [Number(date.slice(8, 10)), costCents]));
  let sum = 0;
  const points = Array.from({ length: today }, (_, at) => {
    sum += byDay.get(at + 1) ?? 0;
    return [at + 1, sum] as const;
  });
  const top = Math.max(highCents, budgetCents ?? 0, spentCents, 1) * 1.08;
  const at = (day: number, cents: number) =>
    `${(((day - 1) / Math.max(1, last - 1)) * 480).toFixed(1)} ${(126 - (cents / top) * 120).toFixed(1)}`;
  const path = points.map(([day, cents], index) => `${index === 0 ? "M" : "L"}${at(day, cents)}`).join("");
  return (
    <svg
      className="spend-line forecast-line"
      viewBox="0 0 480 130"
      role="img"
      aria-label={`Spent ${formatMoney(spentCents)} so far, heading for ${formatMoney(monthEndCents)} at the month's end`}
    >
      <path d="M0 126.5H480" className="axis" />
      {budgetCents !== null && <path d={`M${at(1, budgetCents)}L${at(last, budgetCents)}`} className="limit" />}
      {today < last && (
        <>
          <path d={`M${at(today, sum)}L${at(last, highCents)}L${at(last, lowCents)}Z`} className="range" />
          <path d={`M${at(today, sum)}L${at(last, monthEndCents)}`} className="ahead" />
        </>
      )}
      <path d={path} className="curve" />
    </svg>
  );
}

export interface Share {
  key: string;
  name: string;
  to: string | null;
  costCents: number;
}

/** The dearest of a kind as bars beside each other; each opens the events behind it. */
export function ShareBars({ shares }: { shares: Share[] }) {
  const top = Math.max(1, ...shares.map(({ costCents }) => costCents));
  return (
    <ul className="share-bars">
      {shares.slice(0, 8).map(({ key, name, to, costCents }) => (
        <li key={key}>
          <span className="clip">{to ? <Link to={to}>{name}</Link> : <span className="muted">{name}</span>}</span>
          <span className="tabular">{formatMoney(costCents)}</span>
          <svg className="spend" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect className="track" width="100" height="4" />
            <rect width={Math.max(0, (costCents / top) * 100)} height="4" fill="currentColor" />
          </svg>
        </li>
      ))}
    </ul>
  );
}
