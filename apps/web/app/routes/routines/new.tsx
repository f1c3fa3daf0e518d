import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readRoutine } from "../../forms/routine-form.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { Submit } from "../../ui/button.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { RoutineFields } from "../../ui/routine/fields.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "New routine · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company }) => {
  const [agents, projects] = await Promise.all([
    listAgents(context, company),
    api.call("projects.list", { params: { cid: company.id }, query: { limit: 200 } }),
  ]);
  return {
    agents: agents.map(({ id, name }) => ({ id, name })),
    projects: projects.map(({ id, name }) => ({ id, name })),
    onceKey: crypto.randomUUID(),
  };
});

/** A new routine goes straight on to its first schedule. */
export const action = companyAction(async ({ api, company, form }) => {
  const routine = await api.call("routines.create", { params: { cid: company.id }, body: readRoutine(form) });
  return redirect(`/${company.issuePrefix.toLowerCase()}/routines/${routine.id}?sheet=add-schedule`);
});

export default function NewRoutine() {
  const { agents, projects, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page title="New routine" back={`${base}/routines`} narrow calls="routines.create">
      <Form intent="create">
        <OnceKey value={onceKey} />
        <RoutineFields agents={agents} projects={projects} />
        <div className="form-actions">
          <Submit intent="create">Create routine</Submit>
        </div>
      </Form>
    </Page>
  );
}
