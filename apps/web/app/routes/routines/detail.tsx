import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import Play from "lucide-react/icons/play";
import { companyAction } from "../../forms/act.ts";
import { isFailure, useFailure, useResult } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { renderMarkdown } from "../../server/markdown.ts";
import { actOnRoutine, type MadeWebhook } from "../../server/routine-actions.ts";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { RoutineOverview } from "../../ui/routine/overview.tsx";
import { RoutineRevisions } from "../../ui/routine/revisions.tsx";
import { RunSheet } from "../../ui/routine/run-sheet.tsx";
import { RoutineSettings } from "../../ui/routine/settings.tsx";
import { TriggerSheets } from "../../ui/routine/trigger-sheets.tsx";
import { WebhookMade } from "../../ui/routine/webhook-made.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.routine.title ?? "Routine"} · Boardroom` },
];

const tabs = [
  ["", "Now"],
  ["revisions", "Versions"],
  ["settings", "Settings"],
] as const;
type Tab = (typeof tabs)[number][0];

export const loader = companyLoader(async ({ api, context, company, params, url }) => {
  const of = { params: { id: params.routine ?? "" } };
  const tab: Tab = tabs.find(([key]) => key === url.searchParams.get("tab"))?.[0] ?? "";
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const [routine, agents, projects, runs, revisions] = await Promise.all([
    api.call("routines.get", of),
    listAgents(context, company),
    api.call("projects.list", { params: { cid: company.id }, query: { limit: 200 } }),
    tab === "" ? api.page("routines.runs", { ...of, query: { limit: 25, cursor } }) : null,
    tab === "revisions" ? api.page("routines.revisions", { ...of, query: { cursor } }) : null,
  ]);
  return {
    tab,
    routine,
    descriptionHtml: renderMarkdown(routine.description ?? "", company),
    runs,
    revisions,
    agents: agents.map(({ id, name, urlKey }) => ({ id, name, urlKey })),
    projects: projects.map(({ id, name }) => ({ id, name })),
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async (args) => {
  const id = args.params.routine ?? "";
  const done = await actOnRoutine(args, id);
  if ("webhook" in done) return done;
  const path = `/${args.company.issuePrefix.toLowerCase()}/routines/${id}`;
  return redirect(done.tab === null ? path : `${path}?tab=${done.tab}`);
});

export default function RoutinePage() {
  const { tab, routine, descriptionHtml, runs, revisions, agents, projects, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<MadeWebhook>();
  const failure = useFailure();
  const [search] = useSearchParams();
  const path = `${base}/routines/${routine.id}`;
  const canChange = routine.status !== "archived";
  const made = result && !isFailure(result) ? result.webhook : undefined;
  return (
    <Page
      title={routine.title}
      back={`${base}/routines`}
      flush
      actions={
        canChange && (
          <SheetLink sheet="run" leadsTo="routines.run" className="button">
            <Play size={16} aria-hidden="true" />
            Run now
          </SheetLink>
        )
      }
    >
      <Tabs
        label="Routine"
        tabs={[
          ...tabs.map(([key, label]) => ({ to: key ? `${path}?tab=${key}` : path, label, current: tab === key })),
          { to: `${base}/activity?type=routine&id=${routine.id}`, label: "History", current: false },
        ]}
      />
      <div className="page-body">
        <div className="stack" data-wide>
          {failure && !search.has("sheet") && Object.keys(failure.fields).length === 0 && (
            <Notice tone="bad">{failure.message}</Notice>
          )}
          {made && <WebhookMade made={made} />}
          {runs && (
            <RoutineOverview
              routine={routine}
              descriptionHtml={descriptionHtml}
              runs={runs}
              agents={agents}
              projects={projects}
              canChange={canChange}
            />
          )}
          {revisions && <RoutineRevisions routine={routine} page={revisions} />}
          {tab === "settings" && (
            <RoutineSettings routine={routine} agents={agents} projects={projects} canChange={canChange} />
          )}
        </div>
      </div>
      <RunSheet routine={routine} onceKey={onceKey} />
      <TriggerSheets routineId={routine.id} triggers={routine.triggers} onceKey={onceKey} />
      <ConfirmSheet name="archive" title={`Archive ${routine.title}`} confirm="Archive routine">
        <p>It fires no more. Its issues and its history stay, and it can be taken back.</p>
      </ConfirmSheet>
    </Page>
  );
}
