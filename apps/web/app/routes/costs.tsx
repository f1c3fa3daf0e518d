import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { companyLoader } from "../server/board.ts";
import { readCosts } from "../server/costs.ts";
import { ButtonLink } from "../ui/button.tsx";
import { ForecastLine, ShareBars } from "../ui/cost-charts.tsx";
import { CostTable } from "../ui/cost-table.tsx";
import { Money, SpendBar } from "../ui/money.tsx";
import { Page, Section } from "../ui/page.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useCompany } from "../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Costs · Boardroom" }];

export const loader = companyLoader(({ api, company }) => readCosts(api, company));

type Costs = ReturnType<typeof useLoaderData<typeof loader>>;

export default function CostsPage() {
  const costs = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page
      title="Costs"
      actions={
        <>
          <ButtonLink to={`${base}/costs/budgets`}>Budgets</ButtonLink>
          <ButtonLink to={`${base}/costs/prices`}>Prices</ButtonLink>
          <ButtonLink to={`${base}/costs/events`}>Events</ButtonLink>
        </>
      }
    >
      <div className="stack" data-wide>
        <Head costs={costs} />
        {costs.byAgent.length === 0 ? (
          <EmptyState>Nothing was spent this month. Agents report what they cost with each run.</EmptyState>
        ) : (
          <Parts costs={costs} />
        )}
      </div>
    </Page>
  );
}

/** What was spent, and where the month is heading. */
function Head({ costs: { summary, forecast } }: { costs: Costs }) {
  const { base } = useCompany();
  return (
    <div className="stack spend-head" data-tight>
      <p className="big-figure">
        <Money cents={summary.spendCents} />
      </p>
      <p className="muted">
        {summary.budgetCents === null ? (
          "this month, with no limit. "
        ) : (
          <>
            of <Money cents={summary.budgetCents} /> this month.{" "}
          </>
        )}
        <Link to={`${base}/settings#budget`}>Change the budget</Link>
      </p>
      <SpendBar spentCents={summary.spendCents} budgetCents={summary.budgetCents} />
      {forecast.spentCents > 0 && (
        <>
          <ForecastLine forecast={forecast} />
          <p className="sub">
            Heading for <Money cents={forecast.monthEndCents} /> at the month's end
            {forecast.lowCents < forecast.highCents && (
              <>
                , between <Money cents={forecast.lowCents} /> and <Money cents={forecast.highCents} />
              </>
            )}
            {forecast.daysUsed > 0 ? (
              <>
                : the last {forecast.daysUsed === 1 ? "day" : `${forecast.daysUsed} days`} cost{" "}
                <Money cents={forecast.perDayCents} /> a day.
              </>
            ) : (
              ", if the days to come are like today."
            )}
            {forecast.exhaustedOn && <> At that rate the budget is used up on {forecast.exhaustedOn}.</>}
          </p>
        </>
      )}
    </div>
  );
}

/** Who and what it went to; every number opens the events behind it. */
function Parts({ costs }: { costs: Costs }) {
  const { base } = useCompany();
  const events = (filters: Record<string, string>) => `${base}/costs/events?${new URLSearchParams(filters)}`;
  return (
    <>
      <div className="cost-sections">
        <Part title="By project">
          <ShareBars
            shares={costs.byProject.map((row) => ({
              key: row.projectId ?? "none",
              name: row.projectName ?? "No project",
              to: row.projectId && events({ project: row.projectId }),
              costCents: row.costCents,
            }))}
          />
        </Part>
        <Part title="By goal">
          <ShareBars
            shares={costs.byGoal.map((row) => ({
              key: row.goalId ?? "none",
              name: row.goalTitle ?? "No goal",
              to: row.goalId && events({ goal: row.goalId }),
              costCents: row.costCents,
            }))}
          />
        </Part>
        <Part title="By billing code">
          <ShareBars
            shares={costs.byBillingCode.map((row) => ({
              key: row.billingCode ?? "none",
              name: row.billingCode ?? "No billing code",
              to: row.billingCode && events({ code: row.billingCode }),
              costCents: row.costCents,
            }))}
          />
        </Part>
        <Part title="By agent and model">
          <ShareBars
            shares={costs.byAgentModel.map((row) => ({
              key: `${row.agentId} ${row.provider} ${row.model}`,
              name: `${row.agentName}, ${row.provider} ${row.model}`,
              to: events({ agent: row.agentId, provider: row.provider, model: row.model }),
              costCents: row.costCents,
            }))}
          />
        </Part>
      </div>
      <Section title="By agent">
        <CostTable
          rows={costs.byAgent.map((row) => ({
            key: row.agentId,
            name: row.agentName,
            to: events({ agent: row.agentId }),
            budgetCents: row.budgetMonthlyCents,
            ...row,
          }))}
        />
      </Section>
      <Section title="By issue, with what is below it">
        <CostTable
          rows={costs.byIssue.map((row) => ({
            key: row.issueId ?? "none",
            name: row.identifier ? `${row.identifier} ${row.title ?? ""}` : "No issue",
            to: row.identifier && `${base}/issues/${row.identifier}`,
            ...row,
          }))}
        />
      </Section>
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Section title={title}>{children}</Section>
);
