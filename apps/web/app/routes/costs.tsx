import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { companyLoader } from "../server/board.ts";
import { CostTable } from "../ui/cost-table.tsx";
import { Money, SpendBar } from "../ui/money.tsx";
import { Page, Section } from "../ui/page.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useCompany } from "../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Costs · Boardroom" }];

export const loader = companyLoader(async ({ api, company }) => {
  const params = { cid: company.id };
  const query = { limit: 50 };
  const [summary, byAgent, byProject, byIssue] = await Promise.all([
    api.call("costs.summary", { params, query: {} }),
    api.call("costs.byAgent", { params, query }),
    api.call("costs.byProject", { params, query }),
    api.call("costs.byIssue", { params, query }),
  ]);
  return { summary, byAgent, byProject, byIssue };
});

export default function Costs() {
  const { summary, byAgent, byProject, byIssue } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const events = `${base}/costs/events`;
  return (
    <Page
      title="Costs"
      actions={
        <Link className="button" to={events}>
          Events
        </Link>
      }
    >
      <div className="stack" data-wide>
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
        </div>
        {byAgent.length === 0 ? (
          <EmptyState>Nothing was spent this month. Agents report what they cost with each run.</EmptyState>
        ) : (
          <>
            <Section title="By agent">
              <CostTable
                rows={byAgent.map((row) => ({
                  key: row.agentId,
                  name: row.agentName,
                  to: `${events}?agent=${row.agentId}`,
                  budgetCents: row.budgetMonthlyCents,
                  ...row,
                }))}
              />
            </Section>
            <Section title="By project">
              <CostTable
                rows={byProject.map((row) => ({
                  key: row.projectId ?? "none",
                  name: row.projectName ?? "No project",
                  to: row.projectId && `${events}?project=${row.projectId}`,
                  ...row,
                }))}
              />
            </Section>
            <Section title="By issue">
              <CostTable
                rows={byIssue.map((row) => ({
                  key: row.issueId ?? "none",
                  name: row.identifier ? `${row.identifier} ${row.title ?? ""}` : "No issue",
                  to: row.issueId && `${events}?issue=${row.issueId}`,
                  ...row,
                }))}
              />
            </Section>
          </>
        )}
      </div>
    </Page>
  );
}
