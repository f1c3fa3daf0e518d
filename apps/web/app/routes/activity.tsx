import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { isUuid } from "../server/find-agent.ts";
import { ActivityRow } from "../ui/activity-row.tsx";
import { FilterBar, FilterSelect } from "../ui/filter-bar.tsx";
import { optionsOf } from "../ui/labels.ts";
import { Page } from "../ui/page.tsx";
import { EmptyState, ListEnd } from "../ui/states.tsx";

export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Activity · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const filter = (name: string) => url.searchParams.get(name) || undefined;
  const agent = filter("agent");
  const [page, agents] = await Promise.all([
    api.page("companies.activity", {
      params: { cid: company.id },
      query: {
        entityType: filter("type"),
        agentId: agent && isUuid(agent) ? agent : undefined,
        cursor: filter("cursor"),
      },
    }),
    listAgents(context, company),
  ]);
  return { entries: page.items, nextCursor: page.nextCursor, agents: agents.map(({ id, name }) => ({ id, name })) };
});

const kinds = [
  ["", "Everything"],
  ["issue", "Issues"],
  ["comment", "Comments"],
  ["agent", "Agents"],
  ["run", "Runs"],
  ["approval", "Approvals"],
  ["goal", "Goals"],
  ["project", "Projects"],
  ["company", "Company"],
] as const;

export default function ActivityPage() {
  const { entries, nextCursor, agents } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  return (
    <Page title="Activity" flush>
      <FilterBar>
        <FilterSelect label="Kind" name="type" options={kinds} />
        <FilterSelect label="Agent" name="agent" options={optionsOf(agents, "Anyone")} />
      </FilterBar>
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
