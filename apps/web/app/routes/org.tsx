import type { OrgNode } from "@boardroom/contract";
import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { companyLoader } from "../server/board.ts";
import { ButtonLink } from "../ui/button.tsx";
import { agentLooks, LiveDot } from "../ui/live-dot.tsx";
import { Money, SpendBar } from "../ui/money.tsx";
import { Page } from "../ui/page.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useCompany } from "../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Org · Boardroom" }];

export const loader = companyLoader(({ api, company }) => api.call("companies.org", { params: { cid: company.id } }));

export default function Org() {
  const roots = useLoaderData<typeof loader>();
  const { base, company } = useCompany();
  return (
    <Page
      title="Org"
      actions={
        roots.length > 0 && (
          <a className="button" data-kind="quiet" href={`/api/companies/${company.id}/org.svg`}>
            Picture
          </a>
        )
      }
    >
      {roots.length === 0 ? (
        <EmptyState
          action={
            <ButtonLink to={`${base}/agents/new`} leadsTo="agents.create" kind="primary">
              Hire an agent
            </ButtonLink>
          }
        >
          Who reports to whom. It grows with the agents that you hire.
        </EmptyState>
      ) : (
        <div className="tree" data-chart={countLeaves(roots) <= mostLeavesOfChart || undefined}>
          <ul>
            {roots.map((node) => (
              <Branch key={node.id} node={node} />
            ))}
          </ul>
        </div>
      )}
    </Page>
  );
}

/** More than these side by side do not fit next to the rail: the indented list reads better. */
const mostLeavesOfChart = 4;

function countLeaves(nodes: OrgNode[]): number {
  return nodes.reduce((sum, { reports }) => sum + Math.max(1, countLeaves(reports)), 0);
}

function Branch({ node }: { node: OrgNode }) {
  const { base } = useCompany();
  return (
    <li>
      <div className="tree-node" data-resting={node.pausedAbove !== null || undefined}>
        <LiveDot status={node.status} />
        <Link to={`${base}/agents/${node.urlKey}`} className="clip">
          {node.name}
        </Link>
        <Money cents={node.spentMonthlyCents} />
        <span className="sub clip">
          {node.title ?? node.role}, {agentLooks[node.status].label.toLowerCase()}
          {node.pausedAbove && `, ${node.pausedAbove.name} above is paused`}
        </span>
        <SpendBar spentCents={node.spentMonthlyCents} budgetCents={node.budgetMonthlyCents} />
      </div>
      {node.reports.length > 0 && (
        <ul>
          {node.reports.map((report) => (
            <Branch key={report.id} node={report} />
          ))}
        </ul>
      )}
    </li>
  );
}
