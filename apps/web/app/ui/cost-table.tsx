import { Link } from "@remix-run/react";
import { formatCount } from "../format/count.ts";
import { Money, SpendBar } from "./money.tsx";

interface CostRow {
  key: string;
  name: string;
  to: string | null;
  costCents: number;
  inputTokens: number;
  outputTokens: number;
  events: number;
  budgetCents?: number | null;
}

/** What was spent by one thing after the other; each number opens the events behind it. */
export function CostTable({ rows }: { rows: CostRow[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className="num wide-cell">
            Tokens in
          </th>
          <th scope="col" className="num wide-cell">
            Tokens out
          </th>
          <th scope="col" className="num">
            Events
          </th>
          <th scope="col" className="num">
            Spent
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <td>
              {row.to ? <Link to={row.to}>{row.name}</Link> : <span className="muted">{row.name}</span>}
              {row.budgetCents !== undefined && <SpendBar spentCents={row.costCents} budgetCents={row.budgetCents} />}
            </td>
            <td className="num wide-cell">{formatCount(row.inputTokens)}</td>
            <td className="num wide-cell">{formatCount(row.outputTokens)}</td>
            <td className="num">{formatCount(row.events)}</td>
            <td className="num">
              <Money cents={row.costCents} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
