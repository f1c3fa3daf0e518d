import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { companyAction } from "../forms/act.ts";
import { readMoney, readOptional, readText } from "../forms/read.ts";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { isFiltered, readCostFilter } from "../server/costs.ts";
import { ButtonLink } from "../ui/button.tsx";
import { CorrectionSheet, CostEventRow } from "../ui/cost-event-row.tsx";
import { Page } from "../ui/page.tsx";
import { EmptyState, ListEnd } from "../ui/states.tsx";
import { useCompany } from "../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Cost events · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const search = url.searchParams;
  const query = { ...readCostFilter(search), cursor: search.get("cursor") ?? undefined };
  const [page, agents] = await Promise.all([
    api.page("costs.events", { params: { cid: company.id }, query }),
    listAgents(context, company),
  ]);
  return {
    events: page.items,
    nextCursor: page.nextCursor,
    isFiltered: isFiltered(search),
    names: Object.fromEntries(agents.map(({ id, name }) => [id, name])),
  };
});

export const action = companyAction(async ({ api, company, form, url }) => {
  const params = { cid: company.id, id: readText(form, "eventId") };
  const costCents = readMoney(form, "costCents") ?? 0;
  await api.call("costs.correct", { params, body: { costCents, note: readOptional(form, "note") ?? undefined } });
  const search = new URLSearchParams(url.searchParams);
  search.delete("sheet");
  return redirect(`/${company.issuePrefix.toLowerCase()}/costs/events?${search}`);
});

export default function CostEvents() {
  const { events, nextCursor, names, isFiltered: isSome } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const file = new URLSearchParams(search);
  file.delete("cursor");
  file.delete("sheet");
  return (
    <Page
      title="Cost events"
      back={`${base}/costs`}
      flush
      actions={
        <>
          {isSome && <ButtonLink to={`${base}/costs/events`}>Show all</ButtonLink>}
          <ButtonLink to={`${base}/costs/events.csv?${file}`} reloadDocument>
            CSV
          </ButtonLink>
        </>
      }
    >
      {events.length === 0 ? (
        <EmptyState>No cost was reported {isSome ? "here" : "yet"} this month.</EmptyState>
      ) : (
        <>
          <div className="list">
            {events.map((event) => (
              <CostEventRow key={event.id} event={event} agentName={names[event.agentId] ?? "A former agent"} />
            ))}
          </div>
          <ListEnd nextCursor={nextCursor} search={search} all="These are all." />
          {events.map((event) => (
            <CorrectionSheet key={event.id} event={event} />
          ))}
        </>
      )}
    </Page>
  );
}
