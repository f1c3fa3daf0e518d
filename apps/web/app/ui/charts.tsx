import { formatMoney } from "../format/money.ts";

interface SpendDay {
  date: string;
  costCents: number;
}

/** The month's spend adding up day by day, against the budget's line. One line, drawn on the server. */
export function SpendLine({
  days,
  budgetCents,
  daysInMonth,
}: {
  days: SpendDay[];
  budgetCents: number | null;
  daysInMonth: number;
}) {
  const byDay = new Map(days.map(({ date, costCents }) => [Number(date.slice(8, 10)), costCents]));
  const last = Math.max(1, ...byDay.keys());
  let sum = 0;
  const points = Array.from({ length: last }, (_, at) => {
    sum += byDay.get(at + 1) ?? 0;
    return { day: at + 1, sum };
  });
  const top = Math.max(sum, budgetCents ?? 0, 1) * 1.08;
  const x = (day: number) => ((day - 1) / Math.max(1, daysInMonth - 1)) * 240;
  const y = (cents: number) => 56 - (cents / top) * 52;
  const path = points
    .map(({ day, sum: total }, at) => `${at === 0 ? "M" : "L"}${x(day).toFixed(1)} ${y(total).toFixed(1)}`)
    .join("");
  const end = points[points.length - 1];
  return (
    <svg
      className="spend-line"
      viewBox="0 0 240 60"
      role="img"
      aria-label={`Spent ${formatMoney(sum)} so far this month`}
    >
      <path d="M0 56.5H240" className="axis" />
      {budgetCents !== null && <path d={`M0 ${y(budgetCents).toFixed(1)}H240`} className="limit" />}
      <path d={path} className="curve" />
      {end && <circle cx={x(end.day)} cy={y(end.sum)} r="2.5" className="end" />}
    </svg>
  );
}
