import type { Routine } from "@boardroom/contract";
import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { fireOutcomes, nameTrigger, routineStates } from "../../format/routine.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Tag } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Routines · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const isArchive = url.searchParams.has("archived");
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const [page, agents] = await Promise.all([
    api.page("routines.list", {
      params: { cid: company.id },
      query: { limit: 100, cursor, ...(isArchive && { status: "archived" as const }) },
    }),
    listAgents(context, company),
  ]);
  return { isArchive, ...page, names: Object.fromEntries(agents.map(({ id, name }) => [id, name])) };
});

export default function Routines() {
  const { isArchive, items, nextCursor, names } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  return (
    <Page
      title={isArchive ? "Archived routines" : "Routines"}
      back={isArchive ? `${base}/routines` : undefined}
      flush
      actions={
        <ButtonLink to={`${base}/routines/new`} leadsTo="routines.create">
          <Plus size={16} aria-hidden="true" />
          New routine
        </ButtonLink>
      }
    >
      {items.length > 0 ? (
        <div className="list">
          {items.map((routine) => (
            <RoutineRow key={routine.id} routine={routine} assignee={names[routine.assigneeAgentId ?? ""]} />
          ))}
        </div>
      ) : isArchive ? (
        <EmptyState>No routine was archived.</EmptyState>
      ) : (
        <EmptyState
          action={
            <ButtonLink to={`${base}/routines/new`} leadsTo="routines.create" kind="primary">
              Set up a routine
            </ButtonLink>
          }
        >
          A routine creates the same issue again and again: every Monday, when a webhook comes, or when you say so.
        </EmptyState>
      )}
      {nextCursor ? (
        <ListEnd nextCursor={nextCursor} search={search} all="" />
      ) : (
        !isArchive && (
          <p className="list-end">
            <Link className="link" to="?archived">
              Archived routines
            </Link>
          </p>
        )
      )}
    </Page>
  );
}

function RoutineRow({ routine, assignee }: { routine: Routine; assignee: string | undefined }) {
  const { base } = useCompany();
  const { triggers, nextRunAt, lastRun, status } = routine;
  const [trigger] = triggers;
  const others = triggers.length - 1;
  return (
    <div className="row" data-tall>
      <div className="row-text">
        <Link to={`${base}/routines/${routine.id}`} className="row-link">
          {routine.title}
          {assignee && <span className="muted"> · {assignee}</span>}
        </Link>
        <small>
          {trigger ? nameTrigger(trigger) : "By hand"}
          {others > 0 && ` and ${others} more`}
          {nextRunAt && (
            <>
              {" · next "}
              <RelativeTime at={nextRunAt} />
            </>
          )}
        </small>
      </div>
      <div className="meta">
        {status !== "active" ? (
          <Tag tone={routineStates[status].tone}>{routineStates[status].label}</Tag>
        ) : (
          lastRun && <Tag tone={fireOutcomes[lastRun.status].tone}>{fireOutcomes[lastRun.status].label}</Tag>
        )}
        {lastRun && (
          <span className="wide-only">
            <RelativeTime at={lastRun.triggeredAt} />
          </span>
        )}
      </div>
    </div>
  );
}
