import { data, type MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { readNews } from "../format/news.ts";
import { companyAction } from "../forms/act.ts";
import { isFailure, useResult } from "../forms/use-result.ts";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { type Answered, decide } from "../server/decide.ts";
import type { Decision } from "../server/decide-approval.ts";
import { readFirstSteps } from "../server/first-steps.ts";
import { readVisit } from "../server/last-visit.ts";
import { readFirst } from "../server/queue.ts";
import { showActivity } from "../server/show-activity.ts";
import { readWaiting, withoutThoseOf } from "../server/waiting.ts";
import { ActivityRow } from "../ui/activity-row.tsx";
import { DecisionOutcome } from "../ui/approval-card.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { DecisionCard } from "../ui/decision/decision-card.tsx";
import { FirstSteps } from "../ui/first-steps.tsx";
import { NowStrip } from "../ui/now-strip.tsx";
import { Page, Section } from "../ui/page.tsx";
import { SearchLink } from "../ui/search/search-link.tsx";
import { SinceLastVisit } from "../ui/since-last-visit.tsx";
import { Today } from "../ui/today.tsx";
import { useCompany } from "../ui/use-company.ts";
import { WaitingList } from "../ui/waiting-list.tsx";

export { shouldRevalidate } from "../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Home · Boardroom" }];

/** Steps of the machinery, which the log keeps but which are no news. */
const machinery = /^(run\.(events_added|accepted|started|deferred)|wake\.|agent\.wake_requested|cost\.)/;

const mostEntries = 200;

export const loader = companyLoader(async ({ api, context, company, request }) => {
  const visit = readVisit(request, company.id, Date.now());
  const params = { cid: company.id };
  const [dashboard, first, runs, activity, agents, waiting] = await Promise.all([
    api.call("companies.dashboard", { params }),
    readFirst(api, company),
    api.page("runs.live", { params, query: { limit: 20 } }),
    api.call("companies.activity", { params, query: { limit: mostEntries } }),
    listAgents(context, company),
    readWaiting(context, company, 5),
  ]);
  const names = Object.fromEntries(agents.map(({ id, name }) => [id, name]));
  const page = {
    since: visit.since,
    news: visit.since === null ? null : readNews(activity, visit.since, mostEntries),
    dashboard,
    first,
    runs,
    waiting: withoutThoseOf(
      { ...waiting, blocked: waiting.blocked.filter(({ id }) => !first.decisions.some((each) => each.id === id)) },
      first.cards.incidents,
    ),
    activity: activity
      .filter(({ action }) => !machinery.test(action))
      .slice(0, 12)
      .map(showActivity),
    names,
    firstSteps: await readFirstSteps(api, company, agents.length),
  };
  return data(page, { headers: { "set-cookie": visit.cookie } });
});

export const action = companyAction(decide);

export default function Home() {
  const { dashboard, first, runs, waiting, activity, names, firstSteps, since, news } = useLoaderData<typeof loader>();
  const { base, company, badges } = useCompany();
  const result = useResult<Decision | Answered>();
  const { decisions, cards } = first;
  const shownCount = decisions.length + waiting.agents.length + waiting.blocked.length;
  return (
    <Page
      title={company.name}
      actions={
        <>
          <SearchLink />
          <ButtonLink to={`${base}/issues/new`} leadsTo="issues.create" aria-label="New issue">
            <Plus size={16} aria-hidden="true" />
            New issue
          </ButtonLink>
        </>
      }
    >
      <div className="home">
        <div className="stack" data-wide>
          {firstSteps && <FirstSteps steps={firstSteps} />}
          <Section
            title="Needs you"
            aside={
              <Link className="push" to={`${base}/inbox`}>
                Inbox
              </Link>
            }
          >
            <div className="stack" data-tight aria-live="polite">
              {result && !isFailure(result) && <DecisionOutcome decision={result} />}
              {decisions.map((decision) => (
                <DecisionCard key={`${decision.kind} ${decision.id}`} decision={decision} cards={cards} names={names} />
              ))}
              <WaitingList waiting={waiting} names={names} />
              {badges.inbox > shownCount && (
                <div className="line">
                  <ButtonLink to={`${base}/inbox`}>{badges.inbox - shownCount} more in your inbox</ButtonLink>
                </div>
              )}
              {shownCount === 0 && <p className="muted">Nothing needs you.</p>}
            </div>
          </Section>
          <Section
            title="Now"
            aside={
              <Link className="push" to={`${base}/runs`}>
                All runs
              </Link>
            }
          >
            <NowStrip runs={runs.items} hasMore={runs.nextCursor !== null} />
          </Section>
        </div>
        {news && since && <SinceLastVisit news={news} since={since} />}
        <Today dashboard={dashboard} />
        <Section
          title="Latest"
          aside={
            <Link className="push" to={`${base}/activity`}>
              All activity
            </Link>
          }
        >
          <ul className="bordered">
            {activity.map((entry) => (
              <ActivityRow key={entry.id} entry={entry} />
            ))}
          </ul>
        </Section>
      </div>
    </Page>
  );
}
