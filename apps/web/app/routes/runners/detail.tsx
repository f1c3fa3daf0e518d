import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import Pencil from "lucide-react/icons/pencil";
import { nameHost, nameOffer } from "../../format/runner.ts";
import { companyAction } from "../../forms/act.ts";
import { readRunner } from "../../forms/runner-form.ts";
import { useFailure } from "../../forms/use-result.ts";
import { listAdapters } from "../../server/adapters.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { idOf } from "../../server/id-of.ts";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { RunRow } from "../../ui/run-row.tsx";
import { RunnerFacts } from "../../ui/runner/runner-facts.tsx";
import { RunnerSheet } from "../../ui/runner/runner-sheet.tsx";
import { RunnerWaits } from "../../ui/runner/waits.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.runner.name ?? "Runner"} · Boardroom` },
];

export const loader = companyLoader(async ({ api, context, company, params }) => {
  const id = idOf(params.runner, "machine");
  const ofCompany = { params: { cid: company.id } };
  const [runner, waits, runs, agents, adapters] = await Promise.all([
    api.call("runners.get", { params: { id } }),
    api.call("runners.waits", ofCompany),
    api.call("runs.list", { ...ofCompany, query: { runnerId: id, limit: 25 } }),
    listAgents(context, company),
    listAdapters(api, company),
  ]);
  return {
    runner,
    waits: waits.filter(({ runnerIds }) => runnerIds.includes(id)),
    runs,
    agents: agents.map(({ id: agentId, name, urlKey }) => ({ id: agentId, name, urlKey })),
    labels: Object.fromEntries(adapters.map(({ type, label }) => [type, label])),
  };
});

export const action = companyAction(async ({ api, company, form, intent, params }) => {
  const of = { params: { id: params.runner ?? "" } };
  if (intent === "revoke") await api.call("runners.revoke", of);
  else if (intent === "drain") await api.call("runners.update", { ...of, body: { status: "draining" } });
  else if (intent === "resume") await api.call("runners.update", { ...of, body: { status: "active" } });
  else await api.call("runners.update", { ...of, body: readRunner(form) });
  return redirect(`/${company.issuePrefix.toLowerCase()}/runners/${of.params.id}`);
});

export default function RunnerPage() {
  const { runner, waits, runs, agents, labels } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const failure = useFailure();
  const isRevoked = runner.status === "revoked";
  return (
    <Page
      title={runner.name}
      back={`${base}/runners`}
      actions={
        !isRevoked && (
          <SheetLink sheet="edit" leadsTo="runners.update" className="button" data-kind="quiet">
            <Pencil size={16} aria-hidden="true" />
            Edit
          </SheetLink>
        )
      }
    >
      <div className="split">
        <div className="stack" data-wide>
          {failure && failure.intent !== "save" && <Notice tone="bad">{failure.message}</Notice>}
          <RunnerWaits waits={waits} />
          <Section title="Programs">
            <ul className="bordered">
              {runner.adapters.map((offer) => (
                <li className="row" key={offer.type}>
                  <span className="row-text">{nameOffer(offer, labels)}</span>
                  <code className="faint">{offer.type}</code>
                </li>
              ))}
              {runner.adapters.length === 0 && (
                <li className="empty">
                  <p>No program was found on it that Boardroom knows. Install one and start the runner again.</p>
                </li>
              )}
            </ul>
          </Section>
          <Section title="Runs">
            <div className="bordered">
              {runs.map((run) => (
                <RunRow key={run.id} run={run} canStop />
              ))}
              {runs.length === 0 && <EmptyState>Nothing has run on it yet.</EmptyState>}
            </div>
          </Section>
        </div>
        <div className="aside first-on-phone">
          <RunnerFacts runner={runner} agents={agents} host={nameHost(runner.host)} />
        </div>
      </div>
      <RunnerSheet runner={runner} agents={agents} />
      <ConfirmSheet name="revoke" title={`Revoke ${runner.name}`} confirm="Revoke for good">
        <p>
          Its connection closes at once and its key is worth nothing. What it runs now is lost and tried again
          elsewhere. To use the machine again, connect it with a new code.
        </p>
      </ConfirmSheet>
    </Page>
  );
}
