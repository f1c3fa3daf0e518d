import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyAction } from "../../forms/act.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { namedId } from "../../server/id-of.ts";
import { readBoard, readList } from "../../server/issue-list.ts";
import { actOnIssues } from "../../server/issue-list-actions.ts";
import { listMilestoneChoices } from "../../server/project-milestones.ts";
import { IssueBoard } from "../../ui/board/issue-board.tsx";
import { ButtonLink } from "../../ui/button.tsx";
import { IssueFilters } from "../../ui/issues/issue-filters.tsx";
import { IssueList } from "../../ui/issues/issue-list.tsx";
import { ViewSwitch } from "../../ui/issues/view-switch.tsx";
import { Page } from "../../ui/page.tsx";
import { SearchLink } from "../../ui/search/search-link.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Issues · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const isBoard = url.searchParams.get("view") === "board";
  const params = { cid: company.id };
  const search = new URLSearchParams(url.search);
  const [list, columns, agents, projects, milestones, labels, members] = await Promise.all([
    isBoard ? null : readList(api, company, url.searchParams),
    isBoard ? readBoard(api, company, url.searchParams) : null,
    listAgents(context, company),
    api.call("projects.list", { params, query: { limit: 200 } }),
    listMilestoneChoices(api, namedId(search, "project")),
    api.call("labels.list", { params, query: { limit: 200 } }),
    isBoard ? api.call("companies.members", { params, query: { limit: 200 } }) : [],
  ]);
  // Another project was chosen: its milestones are others.
  const chosen = namedId(search, "milestone");
  if (chosen && !milestones.some(({ id }) => id === chosen)) {
    search.delete("milestone");
    throw redirect(`${url.pathname}?${search}`);
  }
  return {
    list,
    columns,
    agents: agents.map(({ id, name }) => ({ id, name })),
    projects: projects.map(({ id, name }) => ({ id, name })),
    milestones,
    labels: labels
      .map(({ id, name, color }) => ({ id, name, color }))
      .sort((a, b) => a.name.localeCompare(b.name, "en")),
    members: members.map(({ userId, displayName }) => ({ id: userId, name: displayName })),
  };
});

export const action = companyAction(actOnIssues);

export default function Issues() {
  const { list, columns, agents, projects, milestones, labels, members } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const isSelecting = search.has("select");
  const things = { agents, projects, milestones, labels };
  return (
    <Page
      title="Issues"
      flush
      actions={
        <>
          <SearchLink />
          <ViewSwitch isBoard={columns !== null} />
          <NewIssue base={base} />
        </>
      }
    >
      <IssueFilters isBoard={columns !== null} isSelecting={isSelecting} {...things} />
      {columns && <IssueBoard columns={columns} agents={agents} members={members} labels={labels} />}
      {list && <IssueList issues={list.issues} isSelecting={isSelecting} {...things} />}
      {list?.issues.length === 0 && <NoIssues base={base} search={search} />}
      {list && list.issues.length > 0 && (
        <ListEnd
          nextCursor={list.nextCursor}
          search={search}
          all={list.issues.length === 1 ? "1 issue" : `${list.issues.length} issues, that is all`}
        />
      )}
    </Page>
  );
}

function NoIssues({ base, search }: { base: string; search: URLSearchParams }) {
  const isFiltered = ["status", "assignee", "project", "milestone", "goal", "label", "q"].some((name) =>
    search.get(name),
  );
  return isFiltered ? (
    <EmptyState action={<ButtonLink to={`${base}/issues`}>Show open issues</ButtonLink>}>
      No issue fits these filters.
    </EmptyState>
  ) : (
    <EmptyState action={<NewIssue base={base} primary />}>
      Nothing is open. An issue is a piece of work; assigning it to an agent wakes that agent.
    </EmptyState>
  );
}

function NewIssue({ base, primary }: { base: string; primary?: boolean }) {
  return (
    <ButtonLink to={`${base}/issues/new`} leadsTo="issues.create" kind={primary ? "primary" : undefined}>
      <Plus size={16} aria-hidden="true" />
      New issue
    </ButtonLink>
  );
}
