import type { Agent, AgentTemplate } from "@boardroom/contract";
import type { AdapterForm, Machine } from "../server/adapters.ts";
import { ConfigAsJson, ConfigFields, sortFields } from "./agent/config-fields.tsx";
import { Checkbox, Input, Select, Textarea, useFormFailure } from "./field.tsx";
import { IntervalField } from "./interval-field.tsx";
import { optionsOf } from "./labels.ts";

interface AgentFieldsProps {
  agent?: Agent;
  /** What a new one starts from. */
  template?: AgentTemplate | null;
  adapter: AdapterForm;
  machines: Machine[];
  /** Who it may report to. */
  managers: { id: string; name: string }[];
}

/** Who the agent is and how it is reached; of a new one also how often it wakes. */
export function AgentFields({ agent, template, adapter, machines, managers }: AgentFieldsProps) {
  const start = agent ?? template;
  const hasFindings = Object.keys(useFormFailure()?.fields ?? {}).length > 0;
  const config = agent?.adapterConfig ?? {};
  const { first, rare } = sortFields(adapter.fields);
  const settings = { config, models: adapter.models };
  return (
    <>
      <input type="hidden" name="adapterType" value={adapter.type} />
      <div className="field-pair">
        <Input label="Name" name="name" maxLength={80} defaultValue={start?.name} autoComplete="off" required />
        <Input label="Title" name="title" maxLength={120} defaultValue={start?.title ?? ""} optional />
      </div>
      <ConfigFields key={adapter.type} fields={first} {...settings} />
      {adapter.fields.length === 0 && <ConfigAsJson key={`${adapter.type}-json`} config={config} />}
      {adapter.place === "runner" && <Targeting agent={agent} machines={machines} />}
      <Select
        label="Reports to"
        name="reportsTo"
        options={optionsOf(managers, "The board")}
        defaultValue={agent?.reportsTo ?? ""}
      />
      {!agent && <TimerFields />}
      <details className="note" open={hasFindings || (agent && rare.length <= fewFields) || undefined}>
        <summary>More settings</summary>
        <div className="form">
          <RareFields start={start} isNew={!agent} instructions={template?.instructions[0]?.content} />
          <ConfigFields key={adapter.type} fields={rare} {...settings} />
        </div>
      </details>
    </>
  );
}

/** So many settings need no fold. */
const fewFields = 3;

/** Which machines may run it: one, those with certain labels, or any. */
function Targeting({ agent, machines }: { agent: Agent | undefined; machines: Machine[] }) {
  const runner = agent?.runtimeConfig.runner;
  return (
    <div className="field-pair">
      <Select
        label="Runner"
        name="runnerId"
        options={optionsOf(machines, "Any that can")}
        defaultValue={runner?.runnerId ?? ""}
        hint={machines.length === 0 ? "No machine is connected yet; you can connect one later." : undefined}
      />
      <Input
        label="Labels"
        name="labels"
        maxLength={400}
        defaultValue={runner?.labels.join(", ") ?? ""}
        placeholder="mac, gpu"
        hint="Only runners that have all of them."
        autoComplete="off"
        autoCapitalize="none"
        optional
      />
    </div>
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

interface RareProps {
  start: Pick<Agent, "role" | "capabilities"> | null | undefined;
  isNew: boolean;
  instructions: string | undefined;
}

function RareFields({ start, isNew, instructions }: RareProps) {
  return (
    <>
      <Input
        label="Role"
        name="role"
        maxLength={80}
        defaultValue={start?.role ?? "general"}
        hint="One word, as in engineer, ceo, general."
      />
      <Textarea label="What it can do" name="capabilities" rows={2} optional defaultValue={start?.capabilities ?? ""} />
      {isNew && (
        <Textarea
          label="Its instructions (AGENTS.md)"
          name="instructions"
          rows={6}
          maxLength={20_000}
          optional
          defaultValue={instructions ?? ""}
        />
      )}
    </>
  );
}
