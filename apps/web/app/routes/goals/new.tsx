import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readGoal } from "../../forms/goal-form.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { GoalFields } from "../../ui/goal-fields.tsx";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "New goal · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const [goals, agents] = await Promise.all([
    api.call("goals.list", { params: { cid: company.id }, query: { limit: 200 } }),
    listAgents(context, company),
  ]);
  return {
    isFirst: url.searchParams.has("first"),
    title: url.searchParams.get("title") ?? "",
    goals: goals.map(({ id, title }) => ({ id, name: title })),
    agents: agents.map(({ id, name }) => ({ id, name })),
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async ({ api, company, form, url }) => {
  await api.call("goals.create", { params: { cid: company.id }, body: readGoal(form) });
  const base = `/${company.issuePrefix.toLowerCase()}`;
  return redirect(url.searchParams.has("first") ? base : `${base}/goals`);
});

const suggestions = ["Ship the first version", "Answer every customer within a day", "Find ten paying customers"];

export default function NewGoal() {
  const { isFirst, title, goals, agents, onceKey } = useLoaderData<typeof loader>();
  const { base, company } = useCompany();
  return (
    <Page
      title={isFirst ? `What is ${company.name} for?` : "New goal"}
      back={isFirst ? base : `${base}/goals`}
      narrow
      actions={
        isFirst && (
          <ButtonLink to={base} kind="quiet">
            Skip
          </ButtonLink>
        )
      }
    >
      <div className="stack">
        {isFirst && (
          <div className="stack" data-tight>
            <p className="muted">
              Write the first goal, or start from one of these. Everything the agents do leads to a goal.
            </p>
            <div className="line">
              {suggestions.map((each) => (
                <Link key={each} className="button" to={`?first&title=${encodeURIComponent(each)}`} replace>
                  {each}
                </Link>
              ))}
            </div>
          </div>
        )}
        <Form intent="create">
          <OnceKey value={onceKey} />
          <GoalFields title={title} goals={goals} agents={agents} />
          <div className="form-actions">
            <Submit intent="create">Save goal</Submit>
          </div>
        </Form>
      </div>
    </Page>
  );
}
