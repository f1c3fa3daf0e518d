import type { Dashboard } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import { SpendLine } from "./charts.tsx";
import { Money, Spend } from "./money.tsx";
import { Section } from "./page.tsx";
import { useCompany } from "./use-company.ts";

/** The figures of the day and the money of the month; each opens what it counts. */
export function Today({ dashboard }: { dashboard: Dashboard }) {
  const { base } = useCompany();
  const { today, costs, agents, tasks, spendByDay } = dashboard;
  const lastDay = spendByDay[spendByDay.length - 1]?.date;
  return (
    <div className="aside">
      <Section title="Today">
        <div className="figures">
          <Figure to={`${base}/issues?status=done`} value={today.done} label="done" />
          <Figure to={`${base}/runs?status=failed`} value={today.failedRuns} label="failed runs" />
          <Figure to={`${base}/issues?status=blocked`} value={today.blocked} label="blocked" />
          <Figure to={`${base}/costs`} value={<Money cents={today.spendCents} />} label="spent" />
        </div>
      </Section>
      <Section
        title="This month"
        aside={
          <Link className="push" to={`${base}/costs`}>
            Costs
          </Link>
        }
      >
        <div className="stack" data-tight>
          <p>
            <Spend spentCents={costs.monthSpendCents} budgetCents={costs.monthBudgetCents} />
          </p>
          {costs.monthSpendCents > 0 && (
            <SpendLine days={spendByDay} budgetCents={costs.monthBudgetCents} daysInMonth={daysInMonth(lastDay)} />
          )}
        </div>
      </Section>
      <Section title="Company">
        <dl className="facts">
          <Fact label="Agents" to={`${base}/agents`}>
            {agents.running} running, {agents.active} ready
            {agents.paused > 0 && `, ${agents.paused} paused`}
            {agents.error > 0 && `, ${agents.error} in error`}
          </Fact>
          <Fact label="Issues" to={`${base}/issues`}>
            {tasks.inProgress} in progress, {tasks.open} open
          </Fact>
        </dl>
      </Section>
    </div>
  );
}

function Figure({ to, value, label }: { to: string; value: React.ReactNode; label: string }) {
  return (
    <Link className="figure" to={to}>
      <b>{value}</b>
      <span>{label}</span>
    </Link>
  );
}

function Fact({ label, to, children }: { label: string; to: string; children: React.ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>
        <Link to={to}>{children}</Link>
      </dd>
    </div>
  );
}

/** Days of the month that an ISO date lies in; 30 when there is none yet. */
function daysInMonth(date: string | undefined): number {
  if (date === undefined) return 30;
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
}
