import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readHire } from "../../forms/agent-form.ts";
import { typedBefore } from "../../forms/failure.ts";
import { readText } from "../../forms/read.ts";
import { isFailure, useFailure, useResult } from "../../forms/use-result.ts";
import { listAdapters, listMachines, toAdapterForm } from "../../server/adapters.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { type Tested, testEnvironment } from "../../server/test-environment.ts";
import { AdapterChoice } from "../../ui/agent/adapter-choice.tsx";
import { TemplateChoice } from "../../ui/agent/template-choice.tsx";
import { TestEnvironment } from "../../ui/agent/test-button.tsx";
import { AgentFields } from "../../ui/agent-fields.tsx";
import { ButtonLink, Submit } from "../../ui/button.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { Checkbox, FieldsOf, Input } from "../../ui/field.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Hire an agent · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const wished = url.searchParams.get("adapter") ?? "http";
  const [adapters, machines, agents, templates] = await Promise.all([
    listAdapters(api, company),
    listMachines(api, company),
    listAgents(context, company),
    api.call("agentTemplates.list", {}),
  ]);
  const type = adapters.some((adapter) => adapter.type === wished) ? wished : "http";
  return {
    adapters: adapters.map(({ type, label, place, isExternal }) => ({ type, label, place, isExternal })),
    adapter: toAdapterForm(adapters, type),
    machines,
    templates: templates.map(({ key, label, summary }) => ({ key, label, summary })),
    template: templates.find(({ key }) => key === url.searchParams.get("template")) ?? null,
    managers: agents.map(({ id, name }) => ({ id, name })),
    onceKey: crypto.randomUUID(),
  };
});

interface Hired {
  id: string;
  name: string;
  urlKey: string;
  webhookSecret: string | null;
  isCalled: boolean;
}

export const action = companyAction(async (args): Promise<Hired | Tested> => {
  const { api, company, form, intent } = args;
  const adapter = toAdapterForm(await listAdapters(api, company), readText(form, "adapterType") || "http");
  if (intent === "test") return testEnvironment(args, adapter);
  const hired = await api.call("agents.create", { params: { cid: company.id }, body: readHire(form, adapter) });
  const { id, name, urlKey, webhookSecret } = hired;
  return { id, name, urlKey, webhookSecret, isCalled: adapter.place === "edge" };
});

export default function HireAgent() {
  const { adapters, adapter, machines, templates, template, managers, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<Hired | Tested>();
  const failure = useFailure();
  const done = result && !isFailure(result) ? result : undefined;
  if (done && "urlKey" in done) return <HiredPage hired={done} hasMachine={machines.length > 0} />;
  return (
    <Page title="Hire an agent" back={`${base}/agents`} narrow calls="agents.create">
      <div className="stack">
        <TemplateChoice templates={templates} current={template?.key ?? null} adapter={adapter.type} />
        <AdapterChoice adapters={adapters} current={adapter.type} />
        <Form
          intent="hire"
          key={template?.key}
          action={`?adapter=${adapter.type}${template ? `&template=${template.key}` : ""}`}
        >
          {failure?.intent === "test" && <Notice tone="bad">{failure.message}</Notice>}
          <FieldsOf failure={failure ?? (done && typedBefore(done.values))}>
            <OnceKey value={onceKey} />
            <AgentFields template={template} adapter={adapter} machines={machines} managers={managers} />
            <Input
              label="Monthly budget"
              name="budgetMonthlyCents"
              affix="$"
              inputMode="decimal"
              defaultValue={template?.budgetMonthlyCents ? template.budgetMonthlyCents / 100 : undefined}
              optional
              hint="At 80 % you are told, at 100 % the agent is paused. Empty means no limit."
            />
            <Checkbox
              label="May propose hires"
              name="canCreateAgents"
              defaultChecked={template?.permissions.canCreateAgents}
              hint="What it proposes waits in your inbox."
            />
          </FieldsOf>
          <TestEnvironment report={done?.report} onMachine={adapter.place === "runner"} />
          <div className="form-actions">
            <Submit intent="hire">Hire</Submit>
          </div>
        </Form>
      </div>
    </Page>
  );
}

function HiredPage({ hired, hasMachine }: { hired: Hired; hasMachine: boolean }) {
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
        ) : hired.isCalled ? (
          <Notice tone="attention">
            The signing secret was shown before. Make a new one on the agent's page if you need it.
          </Notice>
        ) : hasMachine ? (
          <Notice tone="good">It runs on a machine of yours as soon as there is work for it.</Notice>
        ) : (
          <Notice tone="attention">Its work waits until a machine is connected.</Notice>
        )}
        <div className="line">
          {!hired.isCalled && !hasMachine && (
            <ButtonLink to={`${base}/runners/new`} leadsTo="runnerCodes.create" kind="primary">
              Connect a machine
            </ButtonLink>
          )}
          <ButtonLink
            to={`${base}/issues/new?assignee=${hired.id}`}
            leadsTo="issues.create"
            kind={hired.isCalled || hasMachine ? "primary" : undefined}
          >
            Give it an issue
          </ButtonLink>
          <ButtonLink to={`${base}/agents/${hired.urlKey}`}>Open {hired.name}</ButtonLink>
        </div>
      </div>
    </Page>
  );
}
