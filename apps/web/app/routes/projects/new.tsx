import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readProject } from "../../forms/project-form.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { Submit } from "../../ui/button.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { ProjectFields } from "../../ui/project-fields.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "New project · Boardroom" }];

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
  const project = await api.call("projects.create", { params: { cid: company.id }, body: readProject(form) });
  return redirect(`/${company.issuePrefix.toLowerCase()}/projects/${project.id}`);
});

export default function NewProject() {
  const { goals, agents, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page title="New project" back={`${base}/projects`} narrow calls="projects.create">
      <Form intent="create">
        <OnceKey value={onceKey} />
        <ProjectFields goals={goals} agents={agents} />
        <div className="form-actions">
          <Submit intent="create">Start project</Submit>
        </div>
      </Form>
    </Page>
  );
}
