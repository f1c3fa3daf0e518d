import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import Play from "lucide-react/icons/play";
import { companyAction } from "../../forms/act.ts";
import { isFailure, useFailure, useResult } from "../../forms/use-result.ts";
import { listAdapters, listMachines, toAdapterForm } from "../../server/adapters.ts";
import { actOnAgent, type MadeSecret } from "../../server/agent-actions.ts";
import { companyLoader } from "../../server/board.ts";
import { listAgents } from "../../server/companies.ts";
import { findAgent } from "../../server/find-agent.ts";
import { findPlainSecrets } from "../../server/plain-secrets.ts";
import type { Tested } from "../../server/test-environment.ts";
import { AgentConfiguration } from "../../ui/agent/configuration.tsx";
import { AgentHistory } from "../../ui/agent/history.tsx";
import { AgentInstructions } from "../../ui/agent/instructions.tsx";
import { AgentKeys } from "../../ui/agent/keys.tsx";
import { AgentOverview } from "../../ui/agent/overview.tsx";
import { PlainSecrets } from "../../ui/agent/plain-secrets.tsx";
import { AgentSchedule } from "../../ui/agent/schedule.tsx";
import { AgentSessions } from "../../ui/agent/sessions.tsx";
import { AgentSheets } from "../../ui/agent/sheets.tsx";
import { AgentWakes } from "../../ui/agent/wakes.tsx";
import { Submit } from "../../ui/button.tsx";
import { CopyOnce } from "../../ui/copy-once.tsx";
import { Form } from "../../ui/form.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.agent.name ?? "Agent"} · Boardroom` },
];

const tabs = [
  ["", "Now"],
  ["schedule", "Schedule"],
  ["wakes", "Wakes"],
  ["sessions", "Sessions"],
  ["keys", "Keys"],
  ["configuration", "Configuration"],
  ["instructions", "Instructions"],
  ["history", "Versions"],
] as const;
type Tab = (typeof tabs)[number][0];

export const loader = companyLoader(async ({ api, context, company, params, url }) => {
  const agent = await findAgent(context, company, params.agent ?? "");
  if (params.agent !== agent.urlKey)
    throw redirect(`/${company.issuePrefix.toLowerCase()}/agents/${agent.urlKey}${url.search}`);
  const tab: Tab = tabs.find(([key]) => key === url.searchParams.get("tab"))?.[0] ?? "";
  const of = { params: { id: agent.id } };
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const needsMachines = tab === "" || tab === "configuration";
  const version = Number(url.searchParams.get("version")) || undefined;
  const [agents, adapters, machines, runs, schedule, wakes, sessions, keys, bundle, revisions] = await Promise.all([
    listAgents(context, company),
    listAdapters(api, company),
    needsMachines ? listMachines(api, company) : [],
    tab === ""
      ? api.page("runs.list", { params: { cid: company.id }, query: { agentId: agent.id, limit: 25, cursor } })
      : null,
    tab === "" || tab === "schedule" ? api.call("agents.schedule", of) : null,
    tab === "wakes" ? api.page("agents.wakes", { ...of, query: { cursor } }) : null,
    tab === "sessions" ? api.page("agents.taskSessions", { ...of, query: { cursor } }) : null,
    tab === "keys" ? api.call("agentKeys.list", { ...of, query: { limit: 100 } }) : null,
    tab === "instructions" ? api.call("agents.instructions", { ...of, query: { version } }) : null,
    tab === "history" ? api.page("agents.configRevisions", { ...of, query: { cursor } }) : null,
  ]);
  const adapter = toAdapterForm(adapters, agent.adapterType);
  return {
    agent,
    tab,
    adapter: tab === "configuration" ? adapter : { ...adapter, fields: [], models: [] },
    plainSecrets: tab === "configuration" ? findPlainSecrets(agent.adapterConfig) : [],
    machines,
    runs,
    schedule,
    wakes,
    sessions,
    keys,
    bundle,
    file: url.searchParams.get("file") || "AGENTS.md",
    revisions,
    agents: agents.map(({ id, name, urlKey }) => ({ id, name, urlKey })),
    onceKey: crypto.randomUUID(),
  };
});

export const action = companyAction(async (args) => {
  const agent = await findAgent(args.context, args.company, args.params.agent ?? "");
  const made = await actOnAgent(args, agent);
  if (made) return made;
  const tab = args.url.searchParams.get("tab");
  // A new name, and the end, change the key in the address.
  const path = `/${args.company.issuePrefix.toLowerCase()}/agents/${["configure", "terminate", "rollback"].includes(args.intent) ? agent.id : args.params.agent}`;
  const query = new URLSearchParams(tab ? { tab } : {});
  if (["schedule", "instruct"].includes(args.intent)) query.set("saved", "");
  const file = args.intent === "instruct" ? args.url.searchParams.get("file") : null;
  if (file) query.set("file", file);
  return redirect(query.size > 0 ? `${path}?${query}` : path);
});

export default function AgentPage() {
  const loaded = useLoaderData<typeof loader>();
  const { agent, adapter, machines, tab, runs, schedule, wakes, sessions, keys, agents, bundle, revisions, onceKey } =
    loaded;
  const { base } = useCompany();
  const result = useResult<MadeSecret | Tested>();
  const failure = useFailure();
  const [search] = useSearchParams();
  const made = result && !isFailure(result) ? result : undefined;
  const isSheetOpen = search.has("sheet");
  const path = `${base}/agents/${agent.urlKey}`;
  const isOver = agent.status === "terminated";
  return (
    <Page
      title={agent.name}
      back={`${base}/agents`}
      flush
      actions={
        !isOver && (
          <Form calls="agents.invoke" intent="run" className="line" action={tab ? `?tab=${tab}` : undefined}>
            <Submit intent="run" kind="plain">
              <Play size={16} aria-hidden="true" />
              Run now
            </Submit>
          </Form>
        )
      }
    >
      <Tabs
        label="Agent"
        tabs={[
          ...tabs.map(([key, label]) => ({ to: key ? `${path}?tab=${key}` : path, label, current: tab === key })),
          { to: `${base}/activity?type=agent&id=${agent.id}`, label: "History", current: false },
        ]}
      />
      <div className="page-body">
        <div className="stack" data-wide>
          {failure && !isSheetOpen && Object.keys(failure.fields).length === 0 && (
            <Notice tone="bad">{failure.message}</Notice>
          )}
          {made && "secret" in made && (
            <CopyOnce title={made.secret.title} secret={made.secret.value} hint={made.secret.hint} />
          )}
          {search.has("saved") && !failure && <Notice tone="good">Saved.</Notice>}
          {runs && (
            <AgentOverview
              agent={agent}
              adapter={adapter}
              machines={machines}
              agents={agents}
              runs={runs}
              schedule={schedule}
              report={made && "report" in made ? made.report : undefined}
            />
          )}
          {tab === "schedule" && schedule && <AgentSchedule agent={agent} schedule={schedule} isOver={isOver} />}
          {wakes && <AgentWakes page={wakes} />}
          {sessions && <AgentSessions page={sessions} isOver={isOver} />}
          {keys && <AgentKeys keys={keys} onceKey={onceKey} isOver={isOver} isCalled={adapter.place === "edge"} />}
          {tab === "configuration" && !isOver && <PlainSecrets found={loaded.plainSecrets} />}
          {bundle && <AgentInstructions agent={agent} bundle={bundle} path={loaded.file} />}
          {revisions && (
            <AgentHistory
              agent={agent}
              page={revisions}
              names={Object.fromEntries(agents.map(({ id, name }) => [id, name]))}
            />
          )}
          {tab === "configuration" && (
            <AgentConfiguration
              agent={agent}
              adapter={adapter}
              machines={machines}
              agents={agents}
              isOver={isOver}
              tested={made && "report" in made ? made : undefined}
            />
          )}
        </div>
      </div>
      <AgentSheets agent={agent} />
    </Page>
  );
}
