import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { namedId } from "../server/id-of.ts";
import { showActivity } from "../server/show-activity.ts";
import { ActivityRow } from "../ui/activity-row.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { FilterBar, FilterDate, FilterSelect } from "../ui/filter-bar.tsx";
import { optionsOf } from "../ui/labels.ts";
import { Page } from "../ui/page.tsx";
import { EmptyState, ListEnd } from "../ui/states.tsx";
import { useCompany } from "../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Activity · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const filter = (name: string) => url.searchParams.get(name) || undefined;
  const of = { params: { cid: company.id } };
  const [page, agents, members] = await Promise.all([
    api.page("companies.activity", {
      ...of,
      query: {
        entityType: filter("type"),
        entityId: filter("id"),
        action: filter("action"),
        agentId: namedId(url.searchParams, "agent"),
        actorId: filter("by"),
        since: dayStart(filter("since"), 0),
        until: dayStart(filter("until"), 1),
        cursor: filter("cursor"),
      },
    }),
    listAgents(context, company),
    api.call("companies.members", { ...of, query: { limit: 100 } }),
  ]);
  return {
    entries: page.items.map(showActivity),
    nextCursor: page.nextCursor,
    agents: agents.map(({ id, name }) => ({ id, name })),
    people: [...members.map(({ userId, displayName }) => ({ id: userId, name: displayName })), system],
  };
});

const system = { id: "system", name: "Boardroom itself" };

/** Where a day begins in UTC, some days on; undefined for what is no day. */
function dayStart(day: string | undefined, daysOn: number): string | undefined {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : new Date(at + daysOn * 86_400_000).toISOString();
}

const kinds = [
  ["", "Everything"],
  ["issue", "Issues"],
  ["comment", "Comments"],
  ["agent", "Agents"],
  ["run", "Runs"],
  ["approval", "Approvals"],
  ["goal", "Goals"],
  ["project", "Projects"],
  ["milestone", "Milestones"],
  ["routine", "Routines"],
  ["secret", "Secrets"],
  ["runner", "Machines"],
  ["webhook_endpoint", "Webhooks"],
  ["company", "Company"],
] as const;

const actions = [
  ["", "Any change"],
  ["issue.created", "Issue created"],
  ["issue.status_changed", "Status changed"],
  ["issue.checked_out", "Work begun"],
  ["agent.updated", "Agent changed"],
  ["agent.hired", "Agent hired"],
  ["approval.", "Decisions"],
  ["secret.", "Secrets"],
  ["run.", "Runs"],
] as const;

export default function ActivityPage() {
  const { entries, nextCursor, agents, people } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  const { base } = useCompany();
  const isOfOne = search.has("id");
  return (
    <Page
      title={isOfOne ? "History" : "Activity"}
      flush
      actions={<ButtonLink to={`${base}/settings/audit`}>Export</ButtonLink>}
    >
      {isOfOne ? (
        <p className="filters">
          <Link to={`${base}/activity`}>All activity</Link>
        </p>
      ) : (
        <FilterBar>
          <FilterSelect label="Kind" name="type" options={kinds} />
          <FilterSelect label="Change" name="action" options={actions} />
          <FilterSelect label="Agent" name="agent" options={optionsOf(agents, "Any agent")} />
          <FilterSelect label="Done by" name="by" options={optionsOf(people, "By anyone")} />
          <FilterDate label="From" name="since" />
          <FilterDate label="To" name="until" />
        </FilterBar>
      )}
      {entries.length === 0 ? (
        <EmptyState>
          Nothing fits here. Everything that people and agents change is written down on this page.
        </EmptyState>
      ) : (
        <>
          <ul className="list">
            {entries.map((entry) => (
              <ActivityRow key={entry.id} entry={entry} />
            ))}
          </ul>
          <ListEnd nextCursor={nextCursor} search={search} all="This is where it began." />
        </>
      )}
    </Page>
  );
}
