import type { Agent, AgentSchedule, EnvironmentReport, Page as PageOf, RunListItem } from "@boardroom/contract";
import { Link, useSearchParams } from "@remix-run/react";
import { describePause } from "../../format/pause-reason.ts";
import { formatInterval } from "../../format/time.ts";
import { useFreshened } from "../../live/use-freshened.ts";
import type { AdapterForm, Machine } from "../../server/adapters.ts";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { AgentState } from "../live-dot.tsx";
import { May } from "../may.tsx";
import { Money, Spend, SpendBar } from "../money.tsx";
import { Section } from "../page.tsx";
import { RunRow } from "../run-row.tsx";
import { SheetLink } from "../sheet.tsx";
import { EmptyState, ListEnd } from "../states.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";
import { Refusal } from "./schedule.tsx";
import { TestEnvironment } from "./test-button.tsx";

interface OverviewProps {
  agent: Agent;
  adapter: AdapterForm;
  machines: Machine[];
  agents: { id: string; name: string; urlKey: string }[];
  runs: PageOf<RunListItem>;
  schedule: AgentSchedule | null;
  report: EnvironmentReport | undefined;
}

/** How the agent is, what it may spend, when it wakes next, and its runs. */
export function AgentOverview({ agent, adapter, machines, agents, runs, schedule, report }: OverviewProps) {
  const onMachine = adapter.place === "runner";
  const [search] = useSearchParams();
  useFreshened(runs.items.some(({ status }) => status === "running"));
  return (
    <div className="split">
      <Section title="Runs">
        <div className="bordered">
          {runs.items.map((run) => (
            <RunRow key={run.id} run={run} canStop />
          ))}
          {runs.items.length === 0 && (
            <EmptyState>
              It has not run yet. Assign it an issue, or run it now to see that it {onMachine ? "starts" : "answers"}.
            </EmptyState>
          )}
        </div>
        {runs.nextCursor && <ListEnd nextCursor={runs.nextCursor} search={search} all="" />}
      </Section>
      <div className="aside first-on-phone">
        <State agent={agent} schedule={schedule} />
        {schedule && agent.status !== "paused" && agent.status !== "terminated" && <Refusal schedule={schedule} />}
        <Facts
          agent={agent}
          adapter={adapter}
          machines={machines}
          manager={agents.find(({ id }) => id === agent.reportsTo)}
        />
        {agent.status !== "terminated" && (
          <Form intent="test" preventScrollReset>
            <TestEnvironment report={report} onMachine={onMachine} />
          </Form>
        )}
      </div>
    </div>
  );
}

function State({ agent, schedule }: { agent: Agent; schedule: AgentSchedule | null }) {
  const isOver = agent.status === "terminated";
  const isStopped = agent.status === "paused" || agent.status === "error";
  return (
    <div className="stack" data-tight>
      <div className="line" aria-live="polite">
        <AgentState status={agent.status} />
        {agent.pauseReason && <span className="muted">{describePause(agent.pauseReason)}</span>}
      </div>
      {(agent.status === "running" || isStopped) && schedule && (
        <p className="sub">
          It cost <Money cents={schedule.costTodayCents} /> today.
        </p>
      )}
      {!isOver && (
        <div className="line">
          {agent.status === "running" ? (
            <SheetLink sheet="stop" leadsTo="agents.pause" className="button" data-kind="danger">
              Stop now
            </SheetLink>
          ) : (
            <Form calls="agents.pause" intent={isStopped ? "resume" : "pause"} className="line">
              <Submit intent={isStopped ? "resume" : "pause"} kind="plain">
                {isStopped ? "Resume" : "Pause"}
              </Submit>
            </Form>
          )}
          {agent.pauseReason === "budget" && (
            <SheetLink sheet="budget" leadsTo="agents.setBudget" className="button" data-kind="primary">
              Raise the budget
            </SheetLink>
          )}
          <SheetLink sheet="terminate" leadsTo="agents.terminate" className="button" data-kind="danger">
            Terminate
          </SheetLink>
        </div>
      )}
    </div>
  );
}

interface FactsProps {
  agent: Agent;
  adapter: AdapterForm;
  machines: Machine[];
  manager: { name: string; urlKey: string } | undefined;
}

function Facts({ agent, adapter, machines, manager }: FactsProps) {
  const { base } = useCompany();
  const { enabled, intervalSec } = agent.runtimeConfig.heartbeat;
  return (
    <dl className="facts">
      <div className="fact">
        <dt>Budget</dt>
        <dd>
          <May
            call="agents.setBudget"
            otherwise={<Spend spentCents={agent.spentMonthlyCents} budgetCents={agent.budgetMonthlyCents} />}
          >
            <SheetLink sheet="budget" className="fact-button">
              <span className="visually-hidden">Change the budget: </span>
              <Spend spentCents={agent.spentMonthlyCents} budgetCents={agent.budgetMonthlyCents} />
            </SheetLink>
          </May>
          <SpendBar spentCents={agent.spentMonthlyCents} budgetCents={agent.budgetMonthlyCents} />
        </dd>
      </div>
      <div className="fact">
        <dt>Role</dt>
        <dd>{agent.title ?? agent.role}</dd>
      </div>
      <div className="fact">
        <dt>Reports to</dt>
        <dd>{manager ? <Link to={`${base}/agents/${manager.urlKey}`}>{manager.name}</Link> : "The board"}</dd>
      </div>
      <div className="fact">
        <dt>Kind</dt>
        <dd>{adapter.label}</dd>
      </div>
      {adapter.place === "runner" && (
        <div className="fact">
          <dt>Runs on</dt>
          <dd>
            <RunsOn runner={agent.runtimeConfig.runner} machines={machines} />
          </dd>
        </div>
      )}
      <div className="fact">
        <dt>Timer</dt>
        <dd>
          {enabled ? `Every ${formatInterval(intervalSec)}` : "Off"}
          {enabled && agent.nextWakeAt && (
            <span className="faint">
              next <RelativeTime at={agent.nextWakeAt} />
            </span>
          )}
          <Link className="link" to="?tab=schedule">
            Schedule
          </Link>
        </dd>
      </div>
      <div className="fact">
        <dt>Last run</dt>
        <dd>{agent.lastHeartbeatAt ? <RelativeTime at={agent.lastHeartbeatAt} /> : "Never"}</dd>
      </div>
      <div className="fact">
        <dt>Work</dt>
        <dd>
          <Link className="link" to={`${base}/issues?assignee=${agent.id}`}>
            Its issues
          </Link>
          <Link className="link" to={`${base}/costs/events?agent=${agent.id}`}>
            Its costs
          </Link>
        </dd>
      </div>
      {agent.capabilities && (
        <div className="fact">
          <dt>Can do</dt>
          <dd>{agent.capabilities}</dd>
        </div>
      )}
    </dl>
  );
}

/** The machine it is tied to, or which ones may run it. */
function RunsOn({ runner, machines }: { runner: Agent["runtimeConfig"]["runner"]; machines: Machine[] }) {
  const { base } = useCompany();
  if (runner?.runnerId) {
    const machine = machines.find(({ id }) => id === runner.runnerId);
    return machine ? <Link to={`${base}/runners/${machine.id}`}>{machine.name}</Link> : <>A runner that is gone</>;
  }
  return (
    <>
      <Link to={`${base}/runners`}>Any runner</Link>
      {runner && runner.labels.length > 0 && <span className="faint">with {runner.labels.join(", ")}</span>}
    </>
  );
}
