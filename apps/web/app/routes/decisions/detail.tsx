import { decisionKinds } from "@boardroom/contract";
import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readLines } from "../../forms/read.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { type CompanyActionArgs, companyLoader } from "../../server/board.ts";
import { type Answered, decide } from "../../server/decide.ts";
import type { Decision } from "../../server/decide-approval.ts";
import { readApprovalPage } from "../../server/read-approval-page.ts";
import { ApprovalCard, DecisionOutcome } from "../../ui/approval-card.tsx";
import { ButtonLink } from "../../ui/button.tsx";
import { ApprovalHistory } from "../../ui/decision/approval-history.tsx";
import { ReceiptSection } from "../../ui/decision/receipt-section.tsx";
import { InteractionCard } from "../../ui/interaction-card.tsx";
import { Page } from "../../ui/page.tsx";
import { ReviewCard } from "../../ui/review-card.tsx";
import { ToolApprovalCard } from "../../ui/tools/tool-approval-card.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Decision · Boardroom" }];

/** Where a notification leads: one decision, answered here, or the page where it is. */
export const loader = companyLoader(async ({ api, company, params }) => {
  const base = `/${company.issuePrefix.toLowerCase()}`;
  const id = params.decision ?? "";
  switch (decisionKinds.find((kind) => kind === params.kind)) {
    case "approval":
      return { kind: "approval" as const, ...(await readApprovalPage(api, company, id)) };
    case "tool_approval":
      return { kind: "tool_approval" as const, call: await api.call("toolApprovals.get", { params: { id } }) };
    case "interaction": {
      const asked = await api.call("interactions.inCompany", { params: { cid: company.id }, query: { limit: 200 } });
      const question = asked.find((each) => each.id === id);
      if (question) return { kind: "interaction" as const, question };
      throw redirect(`${base}/inbox`);
    }
    case "blocked_issue": {
      const { identifier } = await api.call("issues.get", { params: { id } });
      throw redirect(`${base}/issues/${identifier}`);
    }
    case "review": {
      const reviews = await api.call("reviews.inCompany", { params: { cid: company.id }, query: { limit: 100 } });
      const review = reviews.find((each) => each.id === id);
      if (review) return { kind: "review" as const, review };
      throw redirect(`${base}/inbox`);
    }
    case "budget_incident":
      throw redirect(`${base}/costs/budgets`);
    default:
      throw redirect(`${base}/inbox`);
  }
});

export const action = companyAction(async (args) => (await comment(args)) ?? decide(args));

/** Comments on an approval; undefined when the form asks for something else. */
async function comment({ api, form, intent, params }: CompanyActionArgs): Promise<Answered | undefined> {
  if (intent !== "comment") return undefined;
  await api.call("approvals.comment", {
    params: { id: params.decision ?? "" },
    body: { body: readLines(form, "body") ?? "" },
  });
  return { answered: "Your comment is there." };
}

export default function DecisionPage() {
  const shown = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<Decision | Answered>();
  return (
    <Page
      title="Decision"
      back={`${base}/inbox`}
      backLabel="Inbox"
      narrow
      actions={
        shown.kind === "approval" && (
          <ButtonLink to={`${base}/activity?type=approval&id=${shown.approval.id}`} kind="quiet">
            History
          </ButtonLink>
        )
      }
    >
      <div className="stack" data-wide aria-live="polite">
        {result && !isFailure(result) && <DecisionOutcome decision={result} />}
        {shown.kind === "approval" && (
          <>
            <ApprovalCard approval={shown.approval} requester={shown.approval.requesterName} />
            <ReceiptSection receipt={shown.receipt} />
            <ApprovalHistory approval={shown.approval} revisions={shown.revisions} comments={shown.comments} />
          </>
        )}
        {shown.kind === "tool_approval" && <ToolApprovalCard approval={shown.call} />}
        {shown.kind === "interaction" && (
          <InteractionCard
            interaction={shown.question}
            asker={shown.question.createdByAgentName ?? "A board member"}
            issue={{ identifier: shown.question.issueIdentifier, title: shown.question.issueTitle }}
          />
        )}
        {shown.kind === "review" && <ReviewCard review={shown.review} />}
      </div>
    </Page>
  );
}
