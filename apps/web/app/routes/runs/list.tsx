import { type RunStatus, runStatuses } from "@boardroom/contract";
import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { useFreshened } from "../../live/use-freshened.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { FilterBar, FilterSelect } from "../../ui/filter-bar.tsx";
import { optionsFrom, optionsOf } from "../../ui/labels.ts";
import { Page } from "../../ui/page.tsx";
import { RunRow } from "../../ui/run-row.tsx";
import { runLooks } from "../../ui/run-status.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Runs · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const filter = (name: string) => url.searchParams.get(name) || undefined;
  const status: RunStatus | undefined = runStatuses.find((each) => each === filter("status"));
  const [page, agents] = await Promise.all([
    api.page("runs.list", {
      params: { cid: company.id },
      query: { agentId: filter("agent"), status, cursor: filter("cursor") },
    }),
    listAgents(context, company),
  ]);
  return { runs: page.items, nextCursor: page.nextCursor, agents: agents.map(({ id, name }) => ({ id, name })) };
});

export default function Runs() {
  const { runs, nextCursor, agents } = useLoaderData<typeof loader>();
  const [search] = useSearchParams();
  useFreshened(runs.some(({ status }) => status === "running"));
  const isFiltered = search.get("status") || search.get("agent");
  return (
    <Page title="Runs" flush>
      <FilterBar>
        <FilterSelect label="Outcome" name="status" options={[["", "Any outcome"], ...optionsFrom(runLooks)]} />
        <FilterSelect label="Agent" name="agent" options={optionsOf(agents, "Any agent")} />
      </FilterBar>
      {runs.length === 0 ? (
        <EmptyState>
          {isFiltered
            ? "No run fits these filters."
            : "No agent has run yet. A run is one heartbeat: an agent wakes, works and reports."}
        </EmptyState>
      ) : (
        <>
          <div className="list">
            {runs.map((run) => (
              <RunRow key={run.id} run={run} canStop />
            ))}
          </div>
          <ListEnd nextCursor={nextCursor} search={search} all="These are all." />
        </>
      )}
    </Page>
  );
}
