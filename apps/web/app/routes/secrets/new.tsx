import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readNewSecret } from "../../forms/secret-form.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { Submit } from "../../ui/button.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { SecretFields, ValueField } from "../../ui/secrets/secret-fields.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "New secret · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company }) => {
  const [agents, projects] = await Promise.all([
    listAgents(context, company),
    api.call("projects.list", { params: { cid: company.id }, query: { limit: 100 } }),
  ]);
  return {
    agents: agents.map(({ id, name }) => ({ id, name })),
    projects: projects.map(({ id, name }) => ({ id, name })),
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async ({ api, company, form }) => {
  const { id } = await api.call("secrets.create", { params: { cid: company.id }, body: readNewSecret(form) });
  return redirect(`/${company.issuePrefix.toLowerCase()}/settings/secrets/${id}?saved`);
});

export default function NewSecret() {
  const { agents, projects, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page title="New secret" back={`${base}/settings/secrets`} narrow calls="secrets.create">
      <Form intent="create">
        <OnceKey value={onceKey} />
        <SecretFields agents={agents} projects={projects} />
        <ValueField label="Value" hint="At least 8 characters. Nobody can read it again, not even you." />
        <div className="form-actions">
          <Submit intent="create">Store secret</Submit>
        </div>
      </Form>
    </Page>
  );
}
