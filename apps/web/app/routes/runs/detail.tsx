import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { nameWait } from "../../format/wake.ts";
import { companyAction } from "../../forms/act.ts";
import { readOptional } from "../../forms/read.ts";
import { useFailure } from "../../forms/use-result.ts";
import { useFreshened } from "../../live/use-freshened.ts";
import { companyLoader } from "../../server/board.ts";
import { answerTool } from "../../server/decide.ts";
import { idOf } from "../../server/id-of.ts";
import { renderMarkdown } from "../../server/markdown.ts";
import { readRunView } from "../../server/run-view.ts";
import { Submit } from "../../ui/button.tsx";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { Input } from "../../ui/field.tsx";
import { Liveness } from "../../ui/liveness.tsx";
import { Money } from "../../ui/money.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RunCalls } from "../../ui/run/calls.tsx";
import { RunEvents } from "../../ui/run/events.tsx";
import { RunFacts } from "../../ui/run/facts.tsx";
import { RunLineage } from "../../ui/run/lineage.tsx";
import { RawLog } from "../../ui/run/raw-log.tsx";
import { Transcript } from "../../ui/run/transcript.tsx";
import { RunStatus } from "../../ui/run-status.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.run.agentName}'s run · Boardroom` : "Run · Boardroom" },
];

export const loader = companyLoader(async ({ api, company, params, url }) => {
  const of = { params: { id: idOf(params.run, "run") } };
  const [run, line, shown, calls] = await Promise.all([
    api.call("runs.get", of),
    api.call("runs.lineage", of),
    readRunView(api, of.params.id, url.searchParams),
    api.call("toolApprovals.list", { params: { cid: company.id }, query: { runId: of.params.id, limit: 50 } }),
  ]);
  const { executionWorkspaceId } = run;
  const workspace =
    executionWorkspaceId === null
      ? null
      : await api.call("executionWorkspaces.get", { params: { id: executionWorkspaceId } });
  const summary = run.resultJson?.summary;
  const summaryHtml = typeof summary === "string" ? renderMarkdown(summary, { ...company, keepsLines: true }) : "";
  return { run, summaryHtml, line, shown, calls, workspace };
});

export const action = companyAction(async (args) => {
  const { api, company, form, params } = args;
  const answered = await answerTool(args);
  if (answered) return answered;
  const id = params.run ?? "";
  const reason = readOptional(form, "reason") ?? "Stopped on the board";
  if (args.intent === "stop-agent") {
    const { agentId } = await api.call("runs.get", { params: { id } });
    await api.call("agents.pause", { params: { id: agentId }, body: { reason } });
    return redirect(`/${company.issuePrefix.toLowerCase()}/agents/${agentId}`);
  }
  await api.call("runs.cancel", { params: { id }, body: { reason } });
  // Lists stop a run in place and stay where they are.
  if (form.has("stay")) return null;
  return redirect(`/${company.issuePrefix.toLowerCase()}/runs/${id}`);
});

type Run = ReturnType<typeof useLoaderData<typeof loader>>["run"];

export default function RunPage() {
  const { run, summaryHtml, line, shown, calls, workspace } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const isLive = run.status === "queued" || run.status === "running";
  useFreshened(isLive);
  const path = `${base}/runs/${run.id}`;
  const views = [
    ["transcript", "Transcript"],
    ["events", "Events"],
    ["log", "Raw log"],
  ] as const;
  return (
    <Page
      title={`${run.agentName}'s run`}
      back={run.issueIdentifier ? `${base}/issues/${run.issueIdentifier}` : `${base}/runs`}
      actions={isLive && <StopLink run={run} />}
    >
      <div className="home">
        <div className="stack" data-wide>
          <Outcome run={run} summaryHtml={summaryHtml} isLive={isLive} />
          <RunCalls calls={calls} />
        </div>
        <div className="aside">
          <RunFacts run={run} workspace={workspace} />
          <Section title="Why it ran">
            <RunLineage line={line} />
          </Section>
        </div>
        <div className="stack run-views">
          <Tabs
            label="What to see"
            tabs={views.map(([key, label]) => ({ to: `?view=${key}`, label, current: shown.view === key }))}
          />
          {shown.view === "transcript" && (
            <Section title="Transcript">
              <Transcript key={`${run.id} ${shown.from}`} page={shown.transcript} isLive={isLive} />
            </Section>
          )}
          {shown.view === "events" && (
            <Section title="Events">
              <RunEvents
                events={shown.events}
                nextCursor={shown.nextCursor}
                startedAt={run.startedAt ?? run.createdAt}
                isLive={isLive}
              />
            </Section>
          )}
          {shown.view === "log" && (
            <Section title="Raw log">
              <RawLog page={shown.log} path={path} isLive={isLive} />
            </Section>
          )}
        </div>
      </div>
      {isLive && (
        <ConfirmSheet name="cancel" title="Stop this run" confirm="Stop the run">
          <p>
            {run.status === "queued"
              ? "It has not begun and won't."
              : "The agent is told to stop. What it has done so far stays."}
          </p>
          <Input label="Reason" name="reason" maxLength={500} optional />
          {run.status === "running" && (
            <div className="line">
              <Submit intent="stop-agent" kind="plain">
                Stop the agent
              </Submit>
              <span className="sub">
                Nothing wakes it until you resume it. This run cost <Money cents={run.costCents} /> so far.
              </span>
            </div>
          )}
        </ConfirmSheet>
      )}
    </Page>
  );
}

function StopLink({ run }: { run: Run }) {
  if (run.cancelRequestedAt !== null) return <span className="muted">Stopping</span>;
  return (
    <SheetLink sheet="cancel" leadsTo="runs.cancel" className="button" data-kind="danger">
      Stop
    </SheetLink>
  );
}

/** How the run does or did, in a few lines. */
function Outcome({ run, summaryHtml, isLive }: { run: Run; summaryHtml: string; isLive: boolean }) {
  const { base } = useCompany();
  const failure = useFailure("cancel");
  return (
    <div className="stack" data-tight>
      <p className="line">
        <RunStatus status={run.status} />
        {run.status === "running" && <Liveness run={run} />}
      </p>
      {run.issueIdentifier && (
        <p>
          <Link to={`${base}/issues/${run.issueIdentifier}`}>
            {run.issueIdentifier} {run.issueTitle}
          </Link>
        </p>
      )}
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      {run.status === "queued" && run.waitReason && (
        <Notice tone="attention">It waits: {nameWait(run.waitReason)}.</Notice>
      )}
      {run.error && (
        <Notice tone="bad">
          {run.error}
          {run.errorCode && (
            <>
              {" "}
              <code>{run.errorCode}</code>
            </>
          )}
        </Notice>
      )}
      {run.cancelRequestedAt !== null && isLive && (
        <Notice>Asked to stop. It ends when the agent next reports, or when its lease is over.</Notice>
      )}
      {summaryHtml !== "" && <Prose html={summaryHtml} />}
    </div>
  );
}
