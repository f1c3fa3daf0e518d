import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyLoader } from "../../server/board.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Tag } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Skills · Boardroom" }];

export const loader = companyLoader(({ api, company, url }) => {
  const cursor = url.searchParams.get("cursor") ?? undefined;
  return api.page("skills.list", { params: { cid: company.id }, query: { cursor } });
});

export default function Skills() {
  const { items, nextCursor } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const path = `${base}/settings/skills`;
  return (
    <Page
      title="Skills"
      back={`${base}/settings`}
      flush
      actions={
        items.length > 0 && (
          <ButtonLink to={`${path}/new`} leadsTo="skills.create">
            <Plus size={16} aria-hidden="true" />
            New skill
          </ButtonLink>
        )
      }
    >
      {items.length === 0 ? (
        <EmptyState
          action={
            <ButtonLink to={`${path}/new`} leadsTo="skills.create" kind="primary">
              Write a skill
            </ButtonLink>
          }
        >
          A skill teaches every agent on your machines how this company does something: how it writes, releases or
          tests. How Boardroom itself works they are taught anyway.
        </EmptyState>
      ) : (
        <div className="list">
          {items.map((skill) => (
            <div className="row" data-tall key={skill.key}>
              <div className="row-text">
                <Link to={`${path}/${skill.key}`} className="row-link">
                  {skill.name}
                </Link>
                <small>{skill.description || skill.key}</small>
              </div>
              <div className="meta">
                {!skill.isEnabled && <Tag>Off</Tag>}
                <span className="wide-only">
                  <RelativeTime at={skill.updatedAt} />
                </span>
              </div>
            </div>
          ))}
        </div>
      )}
      {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
    </Page>
  );
}
