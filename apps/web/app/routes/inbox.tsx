import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { companyAction } from "../forms/act.ts";
import { isFailure, useResult } from "../forms/use-result.ts";
import { readAsked } from "../server/asked.ts";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { type Answered, decide } from "../server/decide.ts";
import type { Decision } from "../server/decide-approval.ts";
import { readQueue } from "../server/queue.ts";
import { readWaiting, withoutThoseOf } from "../server/waiting.ts";
import { ApprovalCard, DecisionOutcome } from "../ui/approval-card.tsx";
import { AskedCards, countAsked } from "../ui/asked-cards.tsx";
import { Queue } from "../ui/decision/queue.tsx";
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
  const tab = url.searchParams.get("tab");
  const isDecided = tab === "decided";
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const params = { cid: company.id };
  const [queue, page, latest, agents, waiting, asked, incidents] = await Promise.all([
    readQueue(api, company, isDecided ? null : tab === "later" ? "later" : "waiting"),
    api.page("approvals.list", { params, query: isDecided ? { cursor } : { limit: 20 } }),
    isDecided ? [] : api.call("approvals.list", { params, query: { limit: 1 } }),
    listAgents(context, company),
    isDecided ? { agents: [], blocked: [] } : readWaiting(context, company, 50),
    readAsked(api, company, isDecided ? "decided" : "pending", 100),
    isDecided ? [] : api.call("budgets.incidents", { params, query: { status: "open", limit: 100 } }),
  ]);
  const queued = new Set(queue.decisions.map(({ issueId, kind }) => (kind === "blocked_issue" ? issueId : null)));
  return {
    tab: isDecided ? "decided" : tab === "later" ? "later" : "waiting",
    queue,
    approvals: page.items.filter(
      ({ status, effectedAt }) => (isDecided && status !== "pending") || (status === "approved" && effectedAt === null),
    ),
    nextCursor: isDecided ? page.nextCursor : null,
    waiting:
      tab === "later"
        ? { agents: [], blocked: [] }
        : withoutThoseOf({ ...waiting, blocked: waiting.blocked.filter(({ id }) => !queued.has(id)) }, incidents),
    // What waits in the queue has its cards there.
    asked: isDecided ? asked : { calls: [], questions: [] },
    cards: isDecided
      ? null
      : {
          approvals: queue.approvals,
          interactions: asked.questions,
          calls: asked.calls,
          incidents,
          reviews: asked.reviews,
        },
    lastDecidedAt: latest[0]?.decidedAt ?? null,
    names: Object.fromEntries(agents.map(({ id, name }) => [id, name])),
  };
});

export const action = companyAction(decide);

export default function Inbox() {
  const { tab, queue, cards, approvals, asked, waiting, nextCursor, lastDecidedAt, names } =
    useLoaderData<typeof loader>();
  const { base, badges } = useCompany();
  const [search] = useSearchParams();
  const result = useResult<Decision | Answered>();
  const isDecided = tab === "decided";
  const isEmpty =
    queue.decisions.length + countAsked(asked) + approvals.length + waiting.agents.length + waiting.blocked.length ===
    0;
  return (
    <Page title="Inbox" flush>
      <Tabs
        label="Decisions"
        tabs={[
          {
            to: `${base}/inbox`,
            label: badges.inbox > 0 ? `Waiting ${badges.inbox}` : "Waiting",
            current: tab === "waiting",
          },
          {
            to: `${base}/inbox?tab=later`,
            label: queue.laterCount > 0 ? `Later ${queue.laterCount}` : "Later",
            current: tab === "later",
          },
          { to: `${base}/inbox?tab=decided`, label: "Decided", current: isDecided },
        ]}
      />
      <div className="page-body narrow stack" aria-live="polite">
        <h2 className="visually-hidden">{isDecided ? "Decided" : "Waiting for you"}</h2>
        {result && !isFailure(result) && <DecisionOutcome decision={result} />}
        {tab !== "later" &&
          approvals.map((approval) => (
            <ApprovalCard key={approval.id} approval={approval} requester={approval.requesterName} />
          ))}
        <AskedCards asked={asked} names={names} />
        {cards && <Queue decisions={queue.decisions} cards={cards} names={names} />}
        <WaitingList waiting={waiting} names={names} />
        {isEmpty && <p className="muted">{emptyWords[tab] ?? emptyWords.waiting}</p>}
        {isEmpty && tab === "waiting" && lastDecidedAt && (
          <p className="muted">
            The last decision was made <RelativeTime at={lastDecidedAt} />.
          </p>
        )}
        {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
      </div>
    </Page>
  );
}

const emptyWords: Record<string, string> = {
  waiting: "Nothing needs you.",
  later: "You have put nothing off.",
  decided: "No decision was made yet. What you approve or reject is kept here.",
};
