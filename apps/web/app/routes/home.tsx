import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyAction } from "../forms/act.ts";
import { isFailure, useResult } from "../forms/use-result.ts";
import { readAsked } from "../server/asked.ts";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { type Answered, decide } from "../server/decide.ts";
import type { Decision } from "../server/decide-approval.ts";
import { readFirstSteps } from "../server/first-steps.ts";
import { readWaiting } from "../server/waiting.ts";
import { ActivityRow } from "../ui/activity-row.tsx";
import { ApprovalCard, DecisionOutcome } from "../ui/approval-card.tsx";
import { AskedCards, countAsked } from "../ui/asked-cards.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { FirstSteps } from "../ui/first-steps.tsx";
import { NowStrip } from "../ui/now-strip.tsx";
import { Page, Section } from "../ui/page.tsx";
import { Today } from "../ui/today.tsx";
import { useCompany } from "../ui/use-company.ts";
import { WaitingList } from "../ui/waiting-list.tsx";

export { shouldRevalidate } from "../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Home · Boardroom" }];

/** Steps of the machinery, which the log keeps but which are no news. */
const machinery = /^(run\.(events_added|accepted|started|deferred)|wake\.|agent\.wake_requested|cost\.)/;

export const loader = companyLoader(async ({ api, context, company }) => {
  const params = { cid: company.id };
  const [dashboard, approvals, runs, activity, agents, waiting, asked] = await Promise.all([
    api.call("companies.dashboard", { params }),
    api.call("approvals.list", { params, query: { status: "pending", limit: 5 } }),
    api.page("runs.live", { params, query: { limit: 20 } }),
    api.call("companies.activity", { params, query: { limit: 40 } }),
    listAgents(context, company),
    readWaiting(context, company, 5),
    readAsked(api, company, "pending", 5),
  ]);
  const names = Object.fromEntries(agents.map(({ id, name }) => [id, name]));
  return {
    dashboard,
    approvals,
    runs,
    waiting,
    asked,
    activity: activity.filter(({ action }) => !machinery.test(action)).slice(0, 12),
    names,
    firstSteps: await readFirstSteps(api, company, agents.length),
  };
});

export const action = companyAction(decide);

export default function Home() {
  const { dashboard, approvals, asked, runs, waiting, activity, names, firstSteps } = useLoaderData<typeof loader>();
  const { base, company } = useCompany();
  const result = useResult<Decision | Answered>();
  const needsNothing = countAsked(asked) + approvals.length + waiting.agents.length + waiting.blocked.length === 0;
  return (
    <Page
      title={company.name}
      actions={
        <ButtonLink to={`${base}/issues/new`} aria-label="New issue">
          <Plus size={16} aria-hidden="true" />
          New issue
        </ButtonLink>
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
              <AskedCards asked={asked} names={names} />
              {approvals.map((approval) => (
                <ApprovalCard key={approval.id} approval={approval} requester={approval.requesterName} />
              ))}
              <WaitingList waiting={waiting} names={names} />
              {needsNothing && <p className="muted">Nothing needs you.</p>}
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
