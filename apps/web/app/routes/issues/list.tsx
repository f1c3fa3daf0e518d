import { type IssueStatus, issueStatuses } from "@boardroom/contract";
import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { FilterBar, FilterSearch, FilterSelect } from "../../ui/filter-bar.tsx";
import { IssueRow } from "../../ui/issue-row.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";
import { issueLooks, StatusGlyph } from "../../ui/status-glyph.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Issues · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const filter = (name: string) => url.searchParams.get(name) || undefined;
  const params = { cid: company.id };
  const [page, agents, projects] = await Promise.all([
    api.page("issues.list", {
      params,
      query: {
        limit: 100,
        cursor: filter("cursor"),
        status: statusesOf(filter("status")),
        assigneeAgentId: filter("assignee"),
        projectId: filter("project"),
        goalId: filter("goal"),
        q: filter("q"),
      },
    }),
    listAgents(context, company),
    api.call("projects.list", { params, query: { limit: 200 } }),
  ]);
  return {
    issues: page.items.map(({ id, identifier, title, status, priority, assigneeAgentId, updatedAt }) => {
      return { id, identifier, title, status, priority, assigneeAgentId, updatedAt };
    }),
    nextCursor: page.nextCursor,
    agents: agents.map(({ id, name }) => ({ id, name })),
    projects: projects.map(({ id, name }) => ({ id, name })),
  };
});

/** Open issues unless asked otherwise; "all" is every state. */
function statusesOf(wished: string | undefined): string | undefined {
  if (wished === "all") return undefined;
  if (wished !== undefined && issueStatuses.some((status) => status === wished)) return wished;
  return "backlog,todo,in_progress,in_review,blocked";
}

const groupOrder: IssueStatus[] = ["in_progress", "in_review", "blocked", "todo", "backlog", "done", "cancelled"];
const statusOptions = [
  ["", "Open"],
  ...groupOrder.map((status) => [status, issueLooks[status].label] as const),
  ["all", "All states"],
] as const;

export default function Issues() {
  const { issues, nextCursor, agents, projects } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const names = new Map(agents.map(({ id, name }) => [id, name]));
  const isFiltered = ["status", "assignee", "project", "goal", "q"].some((name) => search.get(name));
  return (
    <Page title="Issues" flush actions={<NewIssue base={base} />}>
      <FilterBar>
        <FilterSearch label="Search titles" name="q" />
        <FilterSelect label="State" name="status" options={statusOptions} />
        <FilterSelect
          label="Assignee"
          name="assignee"
          options={[["", "Anyone"], ...agents.map(({ id, name }) => [id, name] as const)]}
        />
        {projects.length > 0 && (
          <FilterSelect
            label="Project"
            name="project"
            options={[["", "Any project"], ...projects.map(({ id, name }) => [id, name] as const)]}
          />
        )}
      </FilterBar>
      {groupOrder.map((status) => (
        <Group key={status} status={status} issues={issues.filter((issue) => issue.status === status)} names={names} />
      ))}
      {issues.length === 0 ? (
        isFiltered ? (
          <EmptyState action={<ButtonLink to={`${base}/issues`}>Show open issues</ButtonLink>}>
            No issue fits these filters.
          </EmptyState>
        ) : (
          <EmptyState action={<NewIssue base={base} primary />}>
            Nothing is open. An issue is a piece of work; assigning it to an agent wakes that agent.
          </EmptyState>
        )
      ) : (
        <ListEnd
          nextCursor={nextCursor}
          search={search}
          all={issues.length === 1 ? "1 issue" : `${issues.length} issues, that is all`}
        />
      )}
    </Page>
  );
}

function NewIssue({ base, primary }: { base: string; primary?: boolean }) {
  return (
    <ButtonLink to={`${base}/issues/new`} kind={primary ? "primary" : undefined}>
      <Plus size={16} aria-hidden="true" />
      New issue
    </ButtonLink>
  );
}

type RowIssue = ReturnType<typeof useLoaderData<typeof loader>>["issues"][number];

function Group({ status, issues, names }: { status: IssueStatus; issues: RowIssue[]; names: Map<string, string> }) {
  if (issues.length === 0) return null;
  return (
    <section className="list-group">
      <h2>
        <StatusGlyph status={status} labelled={false} />
        {issueLooks[status].label}
        <span className="faint tabular">{issues.length}</span>
      </h2>
      <div className="list">
        {issues.map((issue) => (
          <IssueRow key={issue.id} issue={issue} assignee={names.get(issue.assigneeAgentId ?? "")} />
        ))}
      </div>
    </section>
  );
}
