import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { formatDate } from "../../format/time.ts";
import { companyLoader } from "../../server/board.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { projectStatuses } from "../../ui/labels.ts";
import { Tag } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Projects · Boardroom" }];

export const loader = companyLoader(({ api, company, url }) => {
  const cursor = url.searchParams.get("cursor") ?? undefined;
  return api.page("projects.list", { params: { cid: company.id }, query: { limit: 100, cursor } });
});

export default function Projects() {
  const { items, nextCursor } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  return (
    <Page
      title="Projects"
      flush
      actions={
        <ButtonLink to={`${base}/projects/new`} leadsTo="projects.create">
          <Plus size={16} aria-hidden="true" />
          New project
        </ButtonLink>
      }
    >
      {items.length === 0 ? (
        <EmptyState
          action={
            <ButtonLink to={`${base}/projects/new`} leadsTo="projects.create" kind="primary">
              Start a project
            </ButtonLink>
          }
        >
          A project gathers issues that belong together and counts what they cost.
        </EmptyState>
      ) : (
        <>
          <div className="list">
            {items.map((project) => (
              <div className="row" key={project.id}>
                <Link to={`${base}/projects/${project.id}`} className="row-link">
                  {project.name}
                </Link>
                <div className="meta">
                  {project.targetDate && (
                    <span className="tabular">{formatDate(Date.parse(project.targetDate), Date.now())}</span>
                  )}
                  <Tag tone={projectStatuses[project.status].tone}>{projectStatuses[project.status].label}</Tag>
                </div>
              </div>
            ))}
          </div>
          <ListEnd
            nextCursor={nextCursor}
            search={search}
            all={items.length === 1 ? "1 project" : `${items.length} projects`}
          />
        </>
      )}
    </Page>
  );
}
