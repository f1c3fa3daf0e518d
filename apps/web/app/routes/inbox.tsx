import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { companyAction } from "../forms/act.ts";
import { isFailure, useResult } from "../forms/use-result.ts";
import { readAsked } from "../server/asked.ts";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { type Answered, decide } from "../server/decide.ts";
import type { Decision } from "../server/decide-approval.ts";
import { readWaiting } from "../server/waiting.ts";
import { ApprovalCard, DecisionOutcome } from "../ui/approval-card.tsx";
import { AskedCards, countAsked } from "../ui/asked-cards.tsx";
import { Page } from "../ui/page.tsx";
import { ListEnd } from "../ui/states.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useCompany } from "../ui/use-company.ts";
import { WaitingList } from "../ui/waiting-list.tsx";

export { shouldRevalidate } from "../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Inbox · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const isDecided = url.searchParams.get("tab") === "decided";
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const params = { cid: company.id };
  const [page, latest, agents, waiting, asked] = await Promise.all([
    api.page("approvals.list", { params, query: isDecided ? { cursor } : { status: "pending", cursor } }),
    isDecided ? [] : api.call("approvals.list", { params, query: { limit: 1 } }),
    listAgents(context, company),
    isDecided ? { agents: [], blocked: [] } : readWaiting(context, company, 50),
    readAsked(api, company, isDecided ? "decided" : "pending", 50),
  ]);
  return {
    isDecided,
    approvals: isDecided ? page.items.filter(({ status }) => status !== "pending") : page.items,
    nextCursor: page.nextCursor,
    waiting,
    asked,
    lastDecidedAt: latest[0]?.decidedAt ?? null,
    names: Object.fromEntries(agents.map(({ id, name }) => [id, name])),
  };
});

export const action = companyAction(decide);

export default function Inbox() {
  const { isDecided, approvals, asked, waiting, nextCursor, lastDecidedAt, names } = useLoaderData<typeof loader>();
  const { base, badges } = useCompany();
  const [search] = useSearchParams();
  const result = useResult<Decision | Answered>();
  return (
    <Page title="Inbox" flush>
      <Tabs
        label="Decisions"
        tabs={[
          {
            to: `${base}/inbox`,
            label: badges.inbox > 0 ? `Waiting ${badges.inbox}` : "Waiting",
            current: !isDecided,
          },
          { to: `${base}/inbox?tab=decided`, label: "Decided", current: isDecided },
        ]}
      />
      <div className="page-body narrow stack" aria-live="polite">
        <h2 className="visually-hidden">{isDecided ? "Decided" : "Waiting for you"}</h2>
        {result && !isFailure(result) && <DecisionOutcome decision={result} />}
        <AskedCards asked={asked} />
        {approvals.map((approval) => (
          <ApprovalCard
            key={approval.id}
            approval={approval}
            requester={names[approval.requestedByAgentId ?? ""] ?? "A board member"}
          />
        ))}
        <WaitingList waiting={waiting} names={names} />
        {countAsked(asked) + approvals.length + waiting.agents.length + waiting.blocked.length === 0 &&
          (isDecided ? (
            <p className="muted">No decision was made yet. What you approve or reject is kept here.</p>
          ) : (
            <p className="muted">
              Nothing needs you.
              {lastDecidedAt && (
                <>
                  {" "}
                  The last decision was made <RelativeTime at={lastDecidedAt} />.
                </>
              )}
            </p>
          ))}
        {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
      </div>
    </Page>
  );
}
