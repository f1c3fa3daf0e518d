import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyAction } from "../forms/act.ts";
import { isFailure, useResult } from "../forms/use-result.ts";
import { companyLoader } from "../server/board.ts";
import { actOnBudgets, answerIncident } from "../server/budgets.ts";
import { listAgents } from "../server/companies.ts";
import type { Answered } from "../server/decide.ts";
import { IncidentCard } from "../ui/budget/incident-card.tsx";
import { NewPolicyFields } from "../ui/budget/policy-fields.tsx";
import { PolicyRow, PolicySheets } from "../ui/budget/policy-row.tsx";
import { Submit } from "../ui/button.tsx";
import { Form, OnceKey } from "../ui/form.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page, Section } from "../ui/page.tsx";
import { Sheet, SheetLink } from "../ui/sheet.tsx";
import { EmptyState } from "../ui/states.tsx";
import { useCompany } from "../ui/use-company.ts";

export { shouldRevalidate } from "../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Budgets · Boardroom" }];

export const loader = companyLoader(async ({ api, context, company }) => {
  const params = { cid: company.id };
  const [policies, incidents, agents, projects] = await Promise.all([
    api.call("budgets.policies", { params, query: { limit: 200 } }),
    api.call("budgets.incidents", { params, query: { limit: 30 } }),
    listAgents(context, company),
    api.call("projects.list", { params, query: { limit: 200 } }),
  ]);
  const order = { company: 0, project: 1, agent: 2 };
  return {
    policies: [...policies].sort(
      (a, b) => order[a.scope] - order[b.scope] || b.utilizationPercent - a.utilizationPercent,
    ),
    open: incidents.filter(({ status }) => status === "open"),
    past: incidents.filter(({ status }) => status !== "open"),
    agents: agents.filter(({ status }) => status !== "terminated").map(({ id, name }) => ({ id, name })),
    projects: projects.map(({ id, name }) => ({ id, name })),
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async (args) => {
  const answered = await answerIncident(args);
  if (answered) return answered;
  await actOnBudgets(args);
  return redirect(`/${args.company.issuePrefix.toLowerCase()}/costs/budgets`);
});

export default function Budgets() {
  const { policies, open, past, agents, projects, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<Answered>();
  const add = (
    <SheetLink
      sheet="create-budget"
      leadsTo="budgets.createPolicy"
      className="button"
      data-kind={policies.length === 0 ? "primary" : undefined}
    >
      <Plus size={16} aria-hidden="true" />
      Set a budget
    </SheetLink>
  );
  return (
    <Page title="Budgets" back={`${base}/costs`} actions={policies.length > 0 && add} narrow>
      <div className="stack" data-wide>
        {(open.length > 0 || result) && (
          <Section title="Needs you">
            <div className="stack" data-tight aria-live="polite">
              {result && !isFailure(result) && <Notice tone="good">{result.answered}</Notice>}
              {open.map((incident) => (
                <IncidentCard key={incident.id} incident={incident} />
              ))}
            </div>
          </Section>
        )}
        <Section title="All budgets">
          {policies.length === 0 ? (
            <EmptyState action={add}>
              A budget limits what the company, an agent or a project may spend in a day, a month or any other span. The
              board is told before it is used up, and then the work stops.
            </EmptyState>
          ) : (
            <div className="bordered">
              {policies.map((policy) => (
                <PolicyRow key={policy.id} policy={policy} />
              ))}
            </div>
          )}
        </Section>
        {past.length > 0 && (
          <Section title="Decided before">
            <div className="stack" data-tight>
              {past.map((incident) => (
                <IncidentCard key={incident.id} incident={incident} />
              ))}
            </div>
          </Section>
        )}
      </div>
      <Sheet name="create-budget" title="Set a budget">
        <Form intent="create-budget" replace preventScrollReset>
          <OnceKey value={onceKey} />
          <NewPolicyFields agents={agents} projects={projects} />
          <div className="form-actions">
            <Submit intent="create-budget">Set it</Submit>
          </div>
        </Form>
      </Sheet>
      {policies.map((policy) => (
        <PolicySheets key={policy.id} policy={policy} />
      ))}
    </Page>
  );
}
