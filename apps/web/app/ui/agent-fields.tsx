import type { Agent } from "@boardroom/contract";
import { Checkbox, Input, Select, Textarea } from "./field.tsx";
import { IntervalField } from "./interval-field.tsx";
import { optionsOf } from "./labels.ts";

interface AgentFieldsProps {
  agent?: Agent;
  /** Who it may report to. */
  managers: { id: string; name: string }[];
  /** Shows the rarer settings unfolded. */
  unfolded?: boolean;
}

/** Who the agent is and where it answers; of a new one also how often it wakes. */
export function AgentFields({ agent, managers, unfolded }: AgentFieldsProps) {
  const url = agent?.adapterConfig.url;
  return (
    <>
      <div className="field-pair">
        <Input label="Name" name="name" maxLength={80} defaultValue={agent?.name} autoComplete="off" required />
        <Input label="Title" name="title" maxLength={120} defaultValue={agent?.title ?? ""} optional />
      </div>
      <Input
        label="Webhook URL"
        name="url"
        type="url"
        inputMode="url"
        maxLength={2000}
        defaultValue={typeof url === "string" ? url : ""}
        placeholder="https://agent.example.com/heartbeat"
        hint="Boardroom wakes the agent with a signed POST to this address."
        required
      />
      <Select
        label="Reports to"
        name="reportsTo"
        options={optionsOf(managers, "The board")}
        defaultValue={agent?.reportsTo ?? ""}
      />
      {!agent && <TimerFields />}
      <details className="note" open={unfolded || undefined}>
        <summary>More settings</summary>
        <RareFields agent={agent} />
      </details>
    </>
  );
}

/** Of a new agent; later its schedule has a page of its own. */
function TimerFields() {
  return (
    <>
      <Checkbox
        label="Wake it on a timer"
        name="heartbeatEnabled"
        hint="Besides being woken by assignments, comments and by hand."
      />
      <IntervalField intervalSec={3600} />
    </>
  );
}

function RareFields({ agent }: { agent: Agent | undefined }) {
  const timeoutSec = agent?.adapterConfig.timeoutSec;
  return (
    <div className="form">
      <Input
        label="Role"
        name="role"
        maxLength={80}
        defaultValue={agent?.role ?? "general"}
        hint="One word, as in engineer, ceo, general."
      />
      <Textarea label="What it can do" name="capabilities" rows={2} optional defaultValue={agent?.capabilities ?? ""} />
      <Input
        label="Wait for an answer, in seconds"
        name="timeoutSec"
        type="number"
        min={1}
        max={25}
        defaultValue={typeof timeoutSec === "number" ? timeoutSec : 15}
        hint="For longer work the agent answers 202 and reports later."
      />
    </div>
  );
}
