import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readGoal } from "../../forms/goal-form.ts";
import { useFailure } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { Form } from "../../ui/form.tsx";
import { GoalFields } from "../../ui/goal-fields.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.goal.title ?? "Goal"} · Boardroom` }];

export const loader = companyLoader(async ({ api, context, company, params }) => {
  const [goal, goals, agents] = await Promise.all([
    api.call("goals.get", { params: { id: params.goal ?? "" } }),
    api.call("goals.list", { params: { cid: company.id }, query: { limit: 200 } }),
    listAgents(context, company),
  ]);
  return {
    goal,
    goals: goals.map(({ id, title }) => ({ id, name: title })),
    agents: agents.map(({ id, name }) => ({ id, name })),
  };
});

export const action = companyAction(async ({ api, company, form, intent, params }) => {
  const of = { params: { id: params.goal ?? "" } };
  if (intent === "delete") await api.call("goals.delete", of);
  else {
    const { idempotencyKey: _, ...body } = readGoal(form);
    await api.call("goals.update", { ...of, body });
  }
  return redirect(`/${company.issuePrefix.toLowerCase()}/goals`);
});

export default function EditGoal() {
  const { goal, goals, agents } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const deleteFailure = useFailure("delete");
  return (
    <Page title={goal.title} back={`${base}/goals`} narrow>
      <div className="stack">
        {deleteFailure && <Notice tone="bad">{deleteFailure.message}</Notice>}
        <Form calls="goals.update" isReadable intent="save">
          <GoalFields goal={goal} goals={goals} agents={agents} />
          <div className="form-actions">
            <Submit intent="save">Save</Submit>
            <ButtonLink to={`${base}/issues?status=all&goal=${goal.id}`} kind="quiet">
              Issues of this goal
            </ButtonLink>
            <SheetLink sheet="delete" leadsTo="goals.delete" className="button" data-kind="danger">
              Delete
            </SheetLink>
          </div>
        </Form>
      </div>
      <ConfirmSheet name="delete" title="Delete this goal" confirm="Delete goal">
        <p>It is gone for good. Projects and issues that refer to it keep it from being deleted.</p>
      </ConfirmSheet>
    </Page>
  );
}
