import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { readText } from "../../forms/read.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { listAdapters, listMachines, toAdapterForm } from "../../server/adapters.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { type HiredTeam, hireTeam } from "../../server/hire-team.ts";
import { AdapterChoice } from "../../ui/agent/adapter-choice.tsx";
import { TeamFields } from "../../ui/agent/team-fields.tsx";
import { TeamOutcome } from "../../ui/agent/team-outcome.tsx";
import { Submit } from "../../ui/button.tsx";
import { Form, OnceKey } from "../../ui/form.tsx";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Hire a team · Boardroom" }];

const usual = ["ceo", "engineer", "qa"];

export const loader = companyLoader(async ({ api, context, company, url }) => {
  const [adapters, machines, agents, templates] = await Promise.all([
    listAdapters(api, company),
    listMachines(api, company),
    listAgents(context, company),
    api.call("agentTemplates.list", {}),
  ]);
  const wished = url.searchParams.get("adapter") ?? "http";
  const ceo = agents.find(({ role }) => role === "ceo");
  const names = new Set(agents.map(({ name }) => name.toLowerCase()));
  return {
    adapters: adapters.map(({ type, label, place, isExternal }) => ({ type, label, place, isExternal })),
    adapter: toAdapterForm(adapters, adapters.some(({ type }) => type === wished) ? wished : "http"),
    hasMachine: machines.length > 0,
    choices: templates
      .filter(({ key }) => key !== "custom")
      .map(({ key, label, summary, name, budgetMonthlyCents }) => ({
        ...{ key, label, summary, budgetMonthlyCents },
        name: freeName(name, names),
        isUsual: usual.includes(key) && !(key === "ceo" && ceo),
      })),
    agents: agents.map(({ id, name }) => ({ id, name })),
    ceoId: ceo?.id ?? null,
    onceKey: crypto.randomUUID(),
  };
});

/** The name itself, or the first of "Emil 2", "Emil 3" and so on that nobody has. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${name} ${count}`;
  return free;
}

export const action = companyAction(async (args): Promise<HiredTeam> => {
  const { api, company, form } = args;
  const [adapters, templates] = await Promise.all([listAdapters(api, company), api.call("agentTemplates.list", {})]);
  return hireTeam(args, templates, toAdapterForm(adapters, readText(form, "adapterType") || "http"));
});

export default function HireTeam() {
  const { adapters, adapter, hasMachine, choices, agents, ceoId, onceKey } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<HiredTeam>();
  const team = result && !isFailure(result) ? result : undefined;
  const title = team ? (team.approvalId ? "The team is proposed" : "The team is hired") : "Hire a team";
  return (
    <Page title={title} back={`${base}/agents`} narrow calls="agents.hireTeam">
      {team ? (
        <TeamOutcome team={team} hasMachine={hasMachine} />
      ) : (
        <div className="stack">
          <AdapterChoice adapters={adapters} current={adapter.type} />
          <Form intent="hire-team" action={`?adapter=${adapter.type}`}>
            <OnceKey value={onceKey} />
            <TeamFields choices={choices} agents={agents} ceoId={ceoId} adapter={adapter} />
            <div className="form-actions">
              <Submit intent="hire-team">Hire the team</Submit>
            </div>
          </Form>
        </div>
      )}
    </Page>
  );
}
