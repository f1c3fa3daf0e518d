import { issueStatuses, searchEntityTypes } from "@boardroom/contract/enums";
import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, type ShouldRevalidateFunctionArgs, useLoaderData, useSearchParams } from "@remix-run/react";
import type { KeyboardEvent } from "react";
import { kindLabels } from "../format/search-hit.ts";
import { companyLoader } from "../server/board.ts";
import { listAgents } from "../server/companies.ts";
import { isUuid } from "../server/find-agent.ts";
import { FilterSelect } from "../ui/filter-bar.tsx";
import { optionsOf } from "../ui/labels.ts";
import { Page } from "../ui/page.tsx";
import { HitRow } from "../ui/search/hit-row.tsx";
import { SearchForm } from "../ui/search/search-form.tsx";
import { useRecentSearches } from "../ui/search/use-recent-searches.ts";
import { EmptyState } from "../ui/states.tsx";
import { issueLooks } from "../ui/status-glyph.tsx";
import { useCompany } from "../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Search · Boardroom" }];

/** Somebody reads what was found: what happens in the company meanwhile doesn't search again. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs) {
  return currentUrl.href !== nextUrl.href;
}

const most = 50;

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const filter = (name: string) => url.searchParams.get(name)?.trim() || undefined;
  const q = filter("q")?.slice(0, 200);
  const assignee = filter("assignee");
  const query = {
    q: q ?? "",
    kinds: searchEntityTypes.find((kind) => kind === filter("kind")),
    status: issueStatuses.find((status) => status === filter("status")),
    assigneeAgentId: assignee && isUuid(assignee) ? assignee : undefined,
    limit: most,
  };
  const [hits, agents] = await Promise.all([
    q === undefined ? [] : api.call("search.company", { params: { cid: company.id }, query }),
    listAgents(context, company),
  ]);
  return { q, hits, agents: agents.map(({ id, name }) => ({ id, name })) };
});

const kinds = [["", "Everything"], ...searchEntityTypes.map((kind) => [kind, kindLabels[kind].many] as const)] as const;
const states = [["", "Any state"], ...issueStatuses.map((each) => [each, issueLooks[each].label] as const)] as const;

export default function SearchPage() {
  const { q, hits, agents } = useLoaderData<typeof loader>();
  const { company } = useCompany();
  const { recent, remember } = useRecentSearches(company.id);
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  return (
    <Page title="Search" flush>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move the focus between the field and the links in it */}
      <div className="search-page" onKeyDown={walk}>
        <SearchForm onSearch={remember}>
          <div className="filters">
            <FilterSelect label="Kind" name="kind" options={kinds} />
            <FilterSelect label="State of the issue" name="status" options={states} />
            <FilterSelect label="Assignee" name="assignee" options={optionsOf(agents, "Anyone")} />
          </div>
        </SearchForm>
        <p className="visually-hidden" role="status">
          {q === undefined ? "" : foundWords(hits.length)}
        </p>
        {q === undefined ? (
          <Nothing recent={recent} />
        ) : hits.length === 0 ? (
          <NotFound q={q} />
        ) : (
          <>
            <div className="list">
              {hits.map((hit) => (
                <HitRow
                  key={hit.entityId}
                  hit={hit}
                  assignee={names.get(hit.issue?.assigneeAgentId ?? "")}
                  onOpen={() => remember(q)}
                />
              ))}
            </div>
            <p className="list-end">
              {hits.length === most ? `The best ${most}. More words find less.` : foundWords(hits.length)}
            </p>
          </>
        )}
      </div>
    </Page>
  );
}

const foundWords = (count: number) => (count === 1 ? "1 found" : `${count} found`);

/** Before anything is asked. */
function Nothing({ recent }: { recent: string[] }) {
  if (recent.length === 0)
    return (
      <EmptyState>
        Issues, comments, documents, projects, goals and agents, the best first. Quotes keep words together, a minus
        leaves one out, and slips of the pen are forgiven.
      </EmptyState>
    );
  return (
    <section className="list-group" aria-label="Searched lately">
      <h2>Searched lately</h2>
      <div className="list">
        {recent.map((each) => (
          <div className="row" key={each}>
            <Link className="row-link" to={`?q=${encodeURIComponent(each)}`}>
              {each}
            </Link>
          </div>
        ))}
      </div>
    </section>
  );
}

function NotFound({ q }: { q: string }) {
  const [search] = useSearchParams();
  const isFiltered = ["kind", "status", "assignee"].some((name) => search.get(name));
  return (
    <EmptyState
      action={
        isFiltered && (
          <Link className="button" to={`?q=${encodeURIComponent(q)}`}>
            Search everything
          </Link>
        )
      }
    >
      Nothing has “{q}” in it. Fewer words, or the beginning of one, find more.
    </EmptyState>
  );
}

/** Arrows go from the field to the results and along them; Enter opens, as on any link. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || event.target instanceof HTMLSelectElement) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("#search-field, .row-link")];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.max(0, at + step)]?.focus();
  event.preventDefault();
}
