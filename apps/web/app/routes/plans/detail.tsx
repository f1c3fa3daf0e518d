import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents, notFound } from "../../server/companies.ts";
import { type DecidedPlan, decidePlan } from "../../server/decide-plan.ts";
import { renderMarkdown, withHtml } from "../../server/markdown.ts";
import { readPlan } from "../../server/plan-view.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Submit } from "../../ui/button.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { Textarea } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { PlanForm } from "../../ui/plan/plan-form.tsx";
import { PlanOutcome } from "../../ui/plan/plan-outcome.tsx";
import { Prose } from "../../ui/prose.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Plan · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, params }) => {
  const of = { params: { id: params.approval ?? "" } };
  const [approval, comments, agents] = await Promise.all([
    api.call("approvals.get", of),
    api.call("approvals.comments", { ...of, query: { limit: 50 } }),
    listAgents(context, company),
  ]);
  const names = Object.fromEntries(agents.map(({ id, name }) => [id, name]));
  const view = approval.type === "approve_ceo_strategy" ? readPlan(approval, names) : null;
  if (!view) throw notFound("There is no plan here.");
  const issues =
    approval.status === "approved" ? await api.call("approvals.issues", { ...of, query: { limit: 200 } }) : [];
  return {
    approval,
    view,
    summaryHtml: renderMarkdown(view.summary, company),
    comments: comments.reverse().map((comment) => withHtml(comment, company)),
    requester: names[approval.requestedByAgentId ?? ""] ?? "A board member",
    came: {
      agents: agents
        .filter(({ originApprovalId }) => originApprovalId === approval.id)
        .map(({ id, name, urlKey }) => ({ id, name, urlKey })),
      issues: issues
        .filter(({ originKind, originId }) => originKind === "approval" && originId === approval.id)
        .map(({ id, identifier, title }) => ({ id, identifier, title })),
    },
  };
});

export const action = companyAction((args) => decidePlan(args, args.params.approval ?? ""));

export default function PlanPage() {
  const { approval, view, summaryHtml, comments, requester, came } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<DecidedPlan>();
  const secret = result && !isFailure(result) ? result.webhookSecret : null;
  return (
    <Page title={view.title ?? `${requester}'s plan`} back={`${base}/inbox`} narrow>
      <div className="stack">
        <PlanOutcome approval={approval} agents={came.agents} issues={came.issues} requester={requester} />
        {secret && (
          <CopyOnce
            title="Signing secret"
            secret={secret}
            hint="Of the new agents that are called at an address of their own. Put it where their server checks signatures."
          />
        )}
        <Prose html={summaryHtml} />
        {approval.decisionNote && approval.status !== "pending" && <Notice>{approval.decisionNote}</Notice>}
        <PlanForm
          key={`${approval.status}${approval.payloadVersion}`}
          approval={approval}
          view={view}
          requester={requester}
        />
        <Section title="Comments">
          <ol className="timeline" aria-live="polite">
            {comments.map((comment) => (
              <li className="comment" key={comment.id}>
                <header>
                  <Avatar name={comment.authorName} person={comment.authorUserId !== null} />
                  <b>{comment.authorName}</b>
                  <span className="push">
                    <RelativeTime at={comment.createdAt} />
                  </span>
                </header>
                <Prose html={comment.html} />
              </li>
            ))}
          </ol>
          <Form intent="comment" key={comments.length} className="stack" preventScrollReset>
            <Textarea label="Comment" name="body" rows={2} required maxLength={10_000} />
            <div className="form-actions">
              <Submit intent="comment" kind="plain">
                Comment
              </Submit>
            </div>
          </Form>
        </Section>
      </div>
    </Page>
  );
}
