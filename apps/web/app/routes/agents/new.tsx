import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readHire } from "../../forms/agent-form.ts";
import { isFailure, useFailure, useResult } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { AgentFields } from "../../ui/agent-fields.tsx";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { Checkbox, Input } from "../../ui/field.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Hire an agent · Boardroom" }];

export const loader = companyLoader(async ({ context, company }) => {
  const agents = await listAgents(context, company);
  return { managers: agents.map(({ id, name }) => ({ id, name })), onceKey: crypto.randomUUID() };
});

interface Hired {
  id: string;
  name: string;
  urlKey: string;
  webhookSecret: string | null;
}

export const action = companyAction(async ({ api, company, form }): Promise<Hired> => {
  const hired = await api.call("agents.create", { params: { cid: company.id }, body: readHire(form) });
  return { id: hired.id, name: hired.name, urlKey: hired.urlKey, webhookSecret: hired.webhookSecret };
});

export default function HireAgent() {
  const { managers, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<Hired>();
  const failure = useFailure("hire");
  if (result && !isFailure(result)) return <HiredPage hired={result} />;
  return (
    <Page title="Hire an agent" back={`${base}/agents`} narrow>
      <Form intent="hire">
        <OnceKey value={onceKey} />
        <AgentFields managers={managers} unfolded={failure !== undefined} />
        <Input
          label="Monthly budget"
          name="budgetMonthlyCents"
          affix="$"
          inputMode="decimal"
          optional
          hint="At 80 % you are told, at 100 % the agent is paused. Empty means no limit."
        />
        <Checkbox label="May propose hires" name="canCreateAgents" hint="What it proposes waits in your inbox." />
        <div className="form-actions">
          <Submit intent="hire">Hire</Submit>
        </div>
      </Form>
    </Page>
  );
}

function HiredPage({ hired }: { hired: Hired }) {
  const { base } = useCompany();
  return (
    <Page title={`${hired.name} is hired`} back={`${base}/agents`} narrow>
      <div className="stack">
        {hired.webhookSecret ? (
          <CopyOnce
            title="Signing secret"
            secret={hired.webhookSecret}
            hint={`Put it where ${hired.name}'s server checks the signature of its webhooks.`}
          />
        ) : (
          <Notice tone="attention">
            The signing secret was shown before. Make a new one on the agent's page if you need it.
          </Notice>
        )}
        <div className="line">
          <ButtonLink to={`${base}/issues/new?assignee=${hired.id}`} kind="primary">
            Give it an issue
          </ButtonLink>
          <ButtonLink to={`${base}/agents/${hired.urlKey}`}>Open {hired.name}</ButtonLink>
        </div>
      </div>
    </Page>
  );
}
