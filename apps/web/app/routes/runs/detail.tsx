import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { useFailure } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { Submit } from "../../ui/button.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { RunEvents } from "../../ui/run/events.tsx";
import { RunFacts } from "../../ui/run/facts.tsx";
import { RunStatus } from "../../ui/run-status.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.run.agentName}'s run · Boardroom` : "Run · Boardroom" },
];

export const loader = companyLoader(async ({ api, params, url }) => {
  const of = { params: { id: params.run ?? "" } };
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const [run, events] = await Promise.all([
    api.call("runs.get", of),
    api.page("runs.events", { ...of, query: { limit: 200, cursor } }),
  ]);
  return { run, events: events.items, nextCursor: events.nextCursor };
});

export const action = companyAction(async ({ api, company, form, params }) => {
  const id = params.run ?? "";
  await api.call("runs.cancel", { params: { id }, body: { reason: "Stopped on the board" } });
  // Lists stop a run in place and stay where they are.
  if (form.has("stay")) return null;
  return redirect(`/${company.issuePrefix.toLowerCase()}/runs/${id}`);
});

export default function RunPage() {
  const { run, events, nextCursor } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const failure = useFailure("cancel");
  const isLive = run.status === "queued" || run.status === "running";
  const isStopping = run.cancelRequestedAt !== null;
  const summary = run.resultJson?.summary;
  return (
    <Page
      title={`${run.agentName}'s run`}
      back={run.issueIdentifier ? `${base}/issues/${run.issueIdentifier}` : `${base}/runs`}
      actions={
        isLive && (
          <Form intent="cancel" className="line">
            <Submit intent="cancel" kind="danger" disabled={isStopping}>
              {isStopping ? "Stopping" : "Stop"}
            </Submit>
          </Form>
        )
      }
    >
      <div className="home">
        <div className="stack" data-tight>
          <RunStatus status={run.status} />
          {run.issueIdentifier && (
            <p>
              <Link to={`${base}/issues/${run.issueIdentifier}`}>
                {run.issueIdentifier} {run.issueTitle}
              </Link>
            </p>
          )}
          {failure && <Notice tone="bad">{failure.message}</Notice>}
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
          {isStopping && isLive && (
            <Notice>Asked to stop. It ends when the agent next reports, or when its lease is over.</Notice>
          )}
          {typeof summary === "string" && summary !== "" && <PlainText text={summary} />}
        </div>
        <div className="aside">
          <RunFacts run={run} />
        </div>
        <Section title="Events">
          <RunEvents
            events={events}
            nextCursor={nextCursor}
            startedAt={run.startedAt ?? run.createdAt}
            isLive={isLive}
          />
        </Section>
      </div>
    </Page>
  );
}
