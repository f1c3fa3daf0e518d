import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { formatCount } from "../format/count.ts";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { isUuid } from "../server/find-agent.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Money } from "../ui/money.tsx";
import { Page } from "../ui/page.tsx";
import { EmptyState, ListEnd } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { useCompany } from "../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Cost events · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const filter = (name: string) => {
    const value = url.searchParams.get(name);
    return value && isUuid(value) ? value : undefined;
  };
  const query = {
    agentId: filter("agent"),
    issueId: filter("issue"),
    projectId: filter("project"),
    heartbeatRunId: filter("run"),
    cursor: url.searchParams.get("cursor") ?? undefined,
  };
  const [page, agents] = await Promise.all([
    api.page("costs.events", { params: { cid: company.id }, query }),
    listAgents(context, company),
  ]);
  return {
    events: page.items,
    nextCursor: page.nextCursor,
    names: Object.fromEntries(agents.map(({ id, name }) => [id, name])),
  };
});

export default function CostEvents() {
  const { events, nextCursor, names } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const isFiltered = ["agent", "issue", "project", "run"].some((name) => search.has(name));
  return (
    <Page
      title="Cost events"
      back={`${base}/costs`}
      flush
      actions={isFiltered && <ButtonLink to={`${base}/costs/events`}>Show all</ButtonLink>}
    >
      {events.length === 0 ? (
        <EmptyState>No cost was reported {isFiltered ? "here" : "yet"} this month.</EmptyState>
      ) : (
        <>
          <div className="list">
            {events.map((event) => (
              <div className="row" data-tall key={event.id}>
                <div className="row-text">
                  {event.heartbeatRunId ? (
                    <Link className="row-link" to={`${base}/runs/${event.heartbeatRunId}`}>
                      {names[event.agentId] ?? "A former agent"}
                    </Link>
                  ) : (
                    <span>{names[event.agentId] ?? "A former agent"}</span>
                  )}
                  <small>
                    {event.provider} {event.model} · {formatCount(event.inputTokens)} in,{" "}
                    {formatCount(event.outputTokens)} out
                  </small>
                </div>
                <div className="meta">
                  <RelativeTime at={event.occurredAt} />
                  <b className="amount">
                    <Money cents={event.costCents} />
                  </b>
                </div>
              </div>
            ))}
          </div>
          <ListEnd nextCursor={nextCursor} search={search} all="These are all." />
        </>
      )}
    </Page>
  );
}
