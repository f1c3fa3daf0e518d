import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Pencil from "lucide-react/icons/pencil";
import { companyAction } from "../../forms/act.ts";
import { useFailure } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { actOnIssue } from "../../server/issue-actions.ts";
import { readContent } from "../../server/issue-content.ts";
import { readFlow } from "../../server/issue-flow.ts";
import { buildTimeline } from "../../server/issue-timeline.ts";
import { isOnMachine, readWork } from "../../server/issue-work.ts";
import { listMilestoneChoices } from "../../server/project-milestones.ts";
import { Submit } from "../../ui/button.tsx";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { Form } from "../../ui/form.tsx";
import { AttachForm, Attachments } from "../../ui/issue/attachments.tsx";
import { Blocked } from "../../ui/issue/blocked.tsx";
import { Blockers } from "../../ui/issue/blockers.tsx";
import { Criteria } from "../../ui/issue/criteria.tsx";
import { AddDocument, Documents } from "../../ui/issue/documents.tsx";
import { EditSheet } from "../../ui/issue/edit-sheet.tsx";
import { IssueFacts } from "../../ui/issue/facts.tsx";
import { HolderLine } from "../../ui/issue/holder-line.tsx";
import { Holds } from "../../ui/issue/holds.tsx";
import { Interactions } from "../../ui/issue/interactions.tsx";
import { LabelSheet } from "../../ui/issue/label-sheet.tsx";
import { Reviews } from "../../ui/issue/reviews.tsx";
import { SubIssues } from "../../ui/issue/sub-issues.tsx";
import { Composer, Timeline } from "../../ui/issue/timeline.tsx";
import { Trace } from "../../ui/issue/trace.tsx";
import { useReadState } from "../../ui/issue/use-read-state.ts";
import { useUndo } from "../../ui/issue/use-undo.ts";
import { IssueWorkspace } from "../../ui/issue/workspace.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { Prose } from "../../ui/prose.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { useCompany } from "../../ui/use-company.ts";
import { AddLink, WorkProducts } from "../../ui/work/work-products.tsx";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `${data.issue.identifier} ${data.issue.title} · Boardroom` : "Issue · Boardroom" },
];

export const loader = companyLoader(async ({ api, context, company, params, url }) => {
  const of = { params: { id: params.identifier ?? "" } };
  const ofCompany = { params: { cid: company.id }, query: { limit: 200 } };
  const [issue, comments, activity, runs, total, asked, agents, projects, goals, labels, me] = await Promise.all([
    api.call("issues.get", of),
    api.page("issues.comments", { ...of, query: { limit: 100 } }),
    api.call("issues.activity", { ...of, query: { limit: 100 } }),
    api.call("issues.runs", { ...of, query: { limit: 50 } }),
    api.call("issues.costSummary", of),
    api.call("interactions.list", { ...of, query: { limit: 20 } }),
    listAgents(context, company),
    api.call("projects.list", ofCompany),
    api.call("goals.list", ofCompany),
    api.call("labels.list", ofCompany),
    api.call("cliAuth.me", {}),
  ]);
  // Links of the log carry ids; the address people share carries the identifier.
  if (params.identifier !== issue.identifier)
    throw redirect(`/${company.issuePrefix.toLowerCase()}/issues/${issue.identifier}${url.search}`);
  const [work, flow, content, milestones] = await Promise.all([
    readWork(api, company, issue),
    readFlow(api, company, issue),
    readContent(api, company, issue, comments.items),
    listMilestoneChoices(api, issue.projectId),
  ]);
  return {
    issue,
    userId: me.userId,
    ...content,
    ...work,
    flow,
    hasPlace: work.places.length > 0 || isOnMachine(agents.find(({ id }) => id === issue.assigneeAgentId)),
    asked,
    timeline: buildTimeline(content.comments, runs, activity),
    hasOlder: comments.nextCursor !== null,
    totalCents: total.spendCents,
    agents: agents.map(({ id, name, urlKey }) => ({ id, name, urlKey })),
    projects: projects.map(({ id, name }) => ({ id, name })),
    milestones,
    goals: goals.map(({ id, title }) => ({ id, name: title })),
    labels: labels.map(({ id, name, color }) => ({ id, name, color })),
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async (args) => {
  const id = args.params.identifier ?? "";
  await actOnIssue(args, id);
  if (args.intent === "unread") return redirect(`/${args.company.issuePrefix.toLowerCase()}/issues`);
  return redirect(`/${args.company.issuePrefix.toLowerCase()}/issues/${id}`);
});

export default function IssuePage() {
  const loaded = useLoaderData<typeof loader>();
  const { issue, places, products, asked, timeline, hasOlder, totalCents, onceKey } = loaded;
  const { agents, projects, milestones, goals, labels, hasPlace, flow, descriptionHtml, documents, files, userId } =
    loaded;
  const facts = { issue, agents, projects, milestones, goals, hasPlace };
  const { base } = useCompany();
  const changeFailure = useFailure("change");
  const isSheetOpen = useSearchParams()[0].has("sheet");
  useUndo(issue);
  const firstNewId = useReadState({ issueId: issue.id, lastReadAt: issue.lastReadAt, userId, entries: timeline });
  const path = `${base}/issues/${issue.identifier}`;
  const parent = issue.ancestors[issue.ancestors.length - 1];
  return (
    <Page
      title={<span className="mono">{issue.identifier}</span>}
      back={parent ? `${base}/issues/${parent.identifier}` : `${base}/issues`}
      backLabel={parent ? `Back to ${parent.identifier}` : "Back to issues"}
      actions={
        <SheetLink sheet="edit" leadsTo="issues.update" className="button" data-kind="quiet">
          <Pencil size={16} aria-hidden="true" />
          Edit
        </SheetLink>
      }
    >
      <div className="split">
        <div className="stack" data-wide>
          <div className="stack">
            <Trace issue={issue} hasGoals={goals.length > 0} />
            <h2 className="issue-title">{issue.title}</h2>
            {changeFailure && !isSheetOpen && <Notice tone="bad">{changeFailure.message}</Notice>}
            <Blocked issue={issue} members={flow.members} agents={agents} />
            <Holds issue={issue} cancelledBy={flow.cancelledBy} />
            {issue.holder && <HolderLine holder={issue.holder} />}
            <div className="phone-only">
              <IssueFacts {...facts} totalCents={totalCents} />
            </div>
            {descriptionHtml ? <Prose html={descriptionHtml} /> : <p className="faint">No description.</p>}
          </div>
          <Interactions asked={asked} agents={agents} />
          <Reviews issue={issue} members={flow.members} agents={agents} />
          <Criteria issue={issue} />
          <IssueWorkspace places={places} />
          <Documents documents={documents} path={path} />
          <Attachments files={files} path={path} />
          <div className="line adders">
            {documents.length === 0 && <AddDocument path={path} />}
            {files.length === 0 && <AttachForm path={path} />}
            {products.length === 0 && <AddLink />}
          </div>
          <WorkProducts products={products} path={path} />
          <Blockers issue={issue} />
          <SubIssues issue={issue} />
          <Holds.Actions issue={issue} />
          <Section title="Timeline" aside={<TimelineAside path={path} />}>
            {hasOlder && <p className="sub">Showing the latest hundred comments.</p>}
            <Timeline entries={timeline} firstNewId={firstNewId} />
            <Composer onceKey={onceKey} />
          </Section>
        </div>
        <div className="aside desktop-only">
          <IssueFacts {...facts} totalCents={totalCents} />
        </div>
      </div>
      <EditSheet issue={issue} />
      <LabelSheet issue={issue} labels={labels} />
      <Attachments.Sheets files={files} />
      <IssueWorkspace.Sheets places={places} />
      <WorkProducts.Sheet onceKey={onceKey} />
      <Blockers.Sheet issue={issue} />
      <Blocked.Sheets issue={issue} members={flow.members} agents={agents} identifier={issue.identifier} />
      <Reviews.Sheet issue={issue} members={flow.members} agents={agents} />
      <Criteria.Sheets issue={issue} documents={documents} files={files} />
      <Holds.Sheets identifier={issue.identifier} preview={flow.preview} />
      <IssueFacts.Sheets {...facts} />
      <ConfirmSheet name="force-release" title={`Take ${issue.identifier} back`} confirm="Take it back">
        <p>
          {issue.holder
            ? `${issue.holder.agentName} loses the issue at once and`
            : "Whoever holds the issue loses it at once and"}{" "}
          can no longer write to it in this run. It goes back to To do.
        </p>
      </ConfirmSheet>
    </Page>
  );
}

function TimelineAside({ path }: { path: string }) {
  return (
    <>
      <Form intent="unread" className="push">
        <Submit intent="unread" kind="quiet">
          Mark as unread
        </Submit>
      </Form>
      <Link to={`${path}/history`}>History</Link>
    </>
  );
}
