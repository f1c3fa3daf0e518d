import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readGoal } from "../../forms/goal-form.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { Submit } from "../../ui/button.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { GoalFields } from "../../ui/goal-fields.tsx";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "New goal · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company }) => {
  const [goals, agents] = await Promise.all([
    api.call("goals.list", { params: { cid: company.id }, query: { limit: 200 } }),
    listAgents(context, company),
  ]);
  return {
    goals: goals.map(({ id, title }) => ({ id, name: title })),
    agents: agents.map(({ id, name }) => ({ id, name })),
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async ({ api, company, form }) => {
  await api.call("goals.create", { params: { cid: company.id }, body: readGoal(form) });
  return redirect(`/${company.issuePrefix.toLowerCase()}/goals`);
});

export default function NewGoal() {
  const { goals, agents, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page title="New goal" back={`${base}/goals`} narrow calls="goals.create">
      <Form intent="create">
        <OnceKey value={onceKey} />
        <GoalFields goals={goals} agents={agents} />
        <div className="form-actions">
          <Submit intent="create">Save goal</Submit>
        </div>
      </Form>
    </Page>
  );
}
