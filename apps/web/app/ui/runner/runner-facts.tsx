import type { Runner } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { Submit } from "../button.tsx";
import { Form } from "../form.tsx";
import { SpendBar } from "../money.tsx";
import { Tag } from "../notice.tsx";
import { SheetLink } from "../sheet.tsx";
import { RelativeTime } from "../time.tsx";
import { useCompany } from "../use-company.ts";
import { RunnerState } from "./runner-state.tsx";

interface RunnerFactsProps {
  runner: Runner;
  agents: { id: string; name: string; urlKey: string }[];
  host: string;
}

/** Whether it is there, what can be done about it, and what it is. */
export function RunnerFacts({ runner, agents, host }: RunnerFactsProps) {
  const { base } = useCompany();
  const own = agents.filter(({ id }) => runner.agentIds?.includes(id));
  return (
    <>
      <div className="stack" data-tight>
        <RunnerState runner={runner} />
        {runner.status === "draining" && <p className="sub">It finishes what it has and takes no more.</p>}
        {runner.status !== "revoked" && <Actions isDraining={runner.status === "draining"} />}
      </div>
      <dl className="facts">
        <Fact label="Slots">
          <span className="tabular">
            {runner.usedSlots} <span className="faint">of {runner.slots} in use</span>
          </span>
          <SpendBar spentCents={runner.usedSlots} budgetCents={runner.slots} />
        </Fact>
        <Fact label="Labels">
          {runner.labels.length > 0 ? runner.labels.map((label) => <Tag key={label}>{label}</Tag>) : "None"}
        </Fact>
        <Fact label="Agents">
          {runner.agentIds === null
            ? "All of the company"
            : own.map(({ id, name, urlKey }) => (
                <Link key={id} className="link" to={`${base}/agents/${urlKey}`}>
                  {name}
                </Link>
              ))}
        </Fact>
        <Fact label="Machine">
          {runner.host.hostname}
          <span className="faint">{host}</span>
        </Fact>
        <Fact label="Versions">
          runner {runner.host.runnerVersion}, Node {runner.host.nodeVersion.replace(/^v/, "")}
        </Fact>
        <Fact label="Connected">
          <RelativeTime at={runner.createdAt} />
        </Fact>
        {runner.revokedAt && (
          <Fact label="Revoked">
            <RelativeTime at={runner.revokedAt} />
          </Fact>
        )}
      </dl>
    </>
  );
}

function Actions({ isDraining }: { isDraining: boolean }) {
  const intent = isDraining ? "resume" : "drain";
  return (
    <div className="line">
      <Form intent={intent} className="line">
        <Submit intent={intent} kind="plain">
          {isDraining ? "Resume" : "Drain"}
        </Submit>
      </Form>
      <SheetLink sheet="revoke" leadsTo="runners.revoke" className="button" data-kind="danger">
        Revoke
      </SheetLink>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
