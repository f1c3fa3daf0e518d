import type { Agent } from "@boardroom/contract";
import { typedBefore } from "../../forms/failure.ts";
import { useFailure } from "../../forms/use-result.ts";
import type { AdapterForm, Machine } from "../../server/adapters.ts";
import type { Tested } from "../../server/test-environment.ts";
import { AgentFields } from "../agent-fields.tsx";
import { Submit } from "../button.tsx";
import { Checkbox, FieldsOf } from "../field.tsx";
import { Form } from "../form.tsx";
import { Notice } from "../notice.tsx";
import { TestEnvironment } from "./test-button.tsx";

interface ConfigurationProps {
  agent: Agent;
  adapter: AdapterForm;
  machines: Machine[];
  agents: { id: string; name: string }[];
  isOver: boolean;
  tested: Tested | undefined;
}

export function AgentConfiguration({ agent, adapter, machines, agents, isOver, tested }: ConfigurationProps) {
  const failure = useFailure();
  return (
    <div className="narrow">
      <Form calls="agents.update" isReadable intent="configure" action="?tab=configuration">
        <p className="muted">
          {adapter.label}, {adapter.place === "edge" ? "called over the network" : "started by a runner"}.
        </p>
        {failure?.intent === "test" && <Notice tone="bad">{failure.message}</Notice>}
        <fieldset className="form" disabled={isOver}>
          <FieldsOf failure={failure ?? (tested && typedBefore(tested.values))}>
            <AgentFields
              agent={agent}
              adapter={adapter}
              machines={machines}
              managers={agents.filter(({ id }) => id !== agent.id)}
            />
            <Checkbox
              label="May propose hires"
              name="canCreateAgents"
              defaultChecked={agent.permissions.canCreateAgents}
            />
          </FieldsOf>
          <TestEnvironment report={tested?.report} onMachine={adapter.place === "runner"} />
          <div className="form-actions">
            <Submit intent="configure">Save</Submit>
          </div>
        </fieldset>
      </Form>
    </div>
  );
}
