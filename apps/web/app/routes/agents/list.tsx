import type { Agent } from "@boardroom/contract";
import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { describePause } from "../../format/pause-reason.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { agentLooks, LiveDot } from "../../ui/live-dot.tsx";
import { Spend, SpendBar } from "../../ui/money.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Agents · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  if (!url.searchParams.has("former")) return { isFormer: false, agents: await listAgents(context, company) };
  const query = { status: "terminated", limit: 200 } as const;
  return { isFormer: true, agents: await api.call("agents.list", { params: { cid: company.id }, query }) };
});

export default function Agents() {
  const { isFormer, agents } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page
      title={isFormer ? "Former agents" : "Agents"}
      back={isFormer ? `${base}/agents` : undefined}
      flush
      actions={
        <>
          <ButtonLink to={`${base}/agents/team`} leadsTo="agents.hireTeam" kind="quiet">
            Hire a team
          </ButtonLink>
          <ButtonLink to={`${base}/agents/new`} leadsTo="agents.create">
            <Plus size={16} aria-hidden="true" />
            Hire
          </ButtonLink>
        </>
      }
    >
      {agents.length === 0 && isFormer ? (
        <EmptyState>Nobody was let go. Terminated agents are kept here with their history.</EmptyState>
      ) : agents.length === 0 ? (
        <EmptyState
          action={
            <div className="line">
              <ButtonLink to={`${base}/agents/new`} leadsTo="agents.create" kind="primary">
                Hire an agent
              </ButtonLink>
              <ButtonLink to={`${base}/agents/team`} leadsTo="agents.hireTeam">
                Hire a team
              </ButtonLink>
            </div>
          }
        >
          An agent does the work. It lives on a server or a laptop of yours; Boardroom wakes it, hands it issues and
          watches what it spends.
        </EmptyState>
      ) : (
        <>
          <div className="list">
            {agents.map((agent) => (
              <AgentRow key={agent.id} agent={agent} />
            ))}
          </div>
          <p className="list-end">
            {agents.length === 1 ? "1 agent" : `${agents.length} agents`}
            {!isFormer && (
              <>
                {". "}
                <Link to="?former">Former agents</Link>
              </>
            )}
          </p>
        </>
      )}
    </Page>
  );
}

function AgentRow({ agent }: { agent: Agent }) {
  const { base } = useCompany();
  return (
    <div className="row" data-tall>
      <LiveDot status={agent.status} />
      <div className="row-text">
        <Link to={`${base}/agents/${agent.urlKey}`} className="row-link">
          {agent.name}
          {agent.title && <span className="muted"> · {agent.title}</span>}
        </Link>
        <small>
          {agentLooks[agent.status].label}
          {agent.pauseReason && `: ${describePause(agent.pauseReason)}`}
          {agent.lastHeartbeatAt && (
            <>
              {" · last run "}
              <RelativeTime at={agent.lastHeartbeatAt} />
            </>
          )}
        </small>
      </div>
      <div className="spend-cell">
        <Spend spentCents={agent.spentMonthlyCents} budgetCents={agent.budgetMonthlyCents} />
        <SpendBar spentCents={agent.spentMonthlyCents} budgetCents={agent.budgetMonthlyCents} />
      </div>
    </div>
  );
}
