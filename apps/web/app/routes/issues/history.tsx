import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { showActivity } from "../../server/show-activity.ts";
import { ActivityRow } from "../../ui/activity-row.tsx";
import { IssueAsItWas } from "../../ui/issue/as-it-was.tsx";
import { Page } from "../../ui/page.tsx";
import { ListEnd } from "../../ui/states.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `History of ${data?.issue.identifier ?? "an issue"} · Boardroom` },
];

export const loader = companyLoader(async ({ api, context, company, params, url }) => {
  const of = { params: { id: params.identifier ?? "" } };
  const at = new Date(url.searchParams.get("at") ?? "");
  const time = Number.isNaN(at.getTime()) ? null : at.toISOString();
  const [issue, page, was, agents] = await Promise.all([
    api.call("issues.get", of),
    api.page("issues.activity", { ...of, query: { limit: 50, cursor: url.searchParams.get("cursor") ?? undefined } }),
    time === null ? null : api.call("audit.issueAt", { ...of, query: { time } }),
    listAgents(context, company),
  ]);
  return {
    issue: { identifier: issue.identifier, title: issue.title },
    entries: page.items.map(showActivity),
    nextCursor: page.nextCursor,
    was,
    agents: agents.map(({ id, name }) => ({ id, name })),
  };
});

/** Times are shown to the millisecond and kept to the microsecond: what was written within it is to count. */
const justAfter = (time: string) => new Date(Date.parse(time) + 1).toISOString();

export default function IssueHistory() {
  const { issue, entries, nextCursor, was, agents } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const path = `${base}/issues/${issue.identifier}`;
  return (
    <Page title={`History of ${issue.identifier}`} back={path} flush>
      {was && <IssueAsItWas was={was} agents={agents} now={path} />}
      <ul className="list">
        {entries.map((entry) => (
          <ActivityRow
            key={entry.id}
            entry={entry}
            aside={
              <Link
                to={`?at=${justAfter(entry.createdAt)}`}
                className="as-it-was-link"
                aria-label={`As it was then: ${entry.createdAt}`}
              >
                As it was
              </Link>
            }
          />
        ))}
      </ul>
      <ListEnd nextCursor={nextCursor} search={search} all="This is where it began." />
    </Page>
  );
}
