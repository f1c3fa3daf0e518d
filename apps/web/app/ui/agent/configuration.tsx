import type { Agent } from "@boardroom/contract";
import { AgentFields } from "../agent-fields.tsx";
import { Submit } from "../button.tsx";
import { Checkbox } from "../field.tsx";
import { Form } from "../form.tsx";

interface ConfigurationProps {
  agent: Agent;
  agents: { id: string; name: string }[];
  isOver: boolean;
}

export function AgentConfiguration({ agent, agents, isOver }: ConfigurationProps) {
  return (
    <div className="narrow">
      <Form intent="configure">
        <fieldset className="form" disabled={isOver}>
          <AgentFields agent={agent} managers={agents.filter(({ id }) => id !== agent.id)} unfolded />
          <Checkbox
            label="May propose hires"
            name="canCreateAgents"
            defaultChecked={agent.permissions.canCreateAgents}
          />
          <div className="form-actions">
            <Submit intent="configure">Save</Submit>
          </div>
        </fieldset>
      </Form>
    </div>
  );
}
