import type { Goal } from "@boardroom/contract";
import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyLoader } from "../../server/board.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { goalLevels, goalStatuses } from "../../ui/labels.ts";
import { Tag } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Goals · Boardroom" }];

export const loader = companyLoader(async ({ api, company, url }) => {
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const params = { cid: company.id };
  const [page, orphans] = await Promise.all([
    api.page("goals.list", { params, query: { limit: 200, cursor } }),
    api.call("issues.list", { params, query: { goalId: "none", limit: 1 } }),
  ]);
  return { ...page, hasOrphans: orphans.length > 0 };
});

export default function Goals() {
  const { items, nextCursor, hasOrphans } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const ids = new Set(items.map(({ id }) => id));
  const roots = items.filter(({ parentId }) => parentId === null || !ids.has(parentId));
  return (
    <Page
      title="Goals"
      flush
      actions={
        <ButtonLink to={`${base}/goals/new`} leadsTo="goals.create">
          <Plus size={16} aria-hidden="true" />
          New goal
        </ButtonLink>
      }
    >
      {items.length === 0 ? (
        <EmptyState
          action={
            <ButtonLink to={`${base}/goals/new`} leadsTo="goals.create" kind="primary">
              Write a goal
            </ButtonLink>
          }
        >
          A goal says why the company works. Projects and issues lead to goals, and agents are told which one they
          serve.
        </EmptyState>
      ) : (
        <>
          <div className="list">
            {roots.map((goal) => (
              <GoalRows key={goal.id} goal={goal} all={items} depth={0} />
            ))}
          </div>
          {hasOrphans && (
            <p className="list-end">
              <Link to={`${base}/issues?status=all&goal=none`}>Issues without a goal</Link>
            </p>
          )}
          <ListEnd
            nextCursor={nextCursor}
            search={search}
            all={items.length === 1 ? "1 goal" : `${items.length} goals`}
          />
        </>
      )}
    </Page>
  );
}

const deepest = 6;

function GoalRows({ goal, all, depth }: { goal: Goal; all: Goal[]; depth: number }) {
  const { base } = useCompany();
  const { label, tone } = goalStatuses[goal.status];
  const children = depth < deepest ? all.filter(({ parentId }) => parentId === goal.id) : [];
  return (
    <>
      <div className="row" data-depth={depth || undefined}>
        <Link to={`${base}/goals/${goal.id}`} className="row-link">
          {goal.title}
        </Link>
        <div className="meta">
          <span className="wide-only">{goalLevels[goal.level]}</span>
          <Tag tone={tone}>{label}</Tag>
        </div>
      </div>
      {children.map((child) => (
        <GoalRows key={child.id} goal={child} all={all} depth={depth + 1} />
      ))}
    </>
  );
}
