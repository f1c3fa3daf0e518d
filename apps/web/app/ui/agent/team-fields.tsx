import type { AgentTemplate } from "@boardroom/contract";
import { formatMoney } from "../../format/money.ts";
import { memberField, nameField, teamLead } from "../../forms/team-fields.ts";
import type { AdapterForm } from "../../server/adapters.ts";
import { Checkbox, Input, Select, useFormFailure } from "../field.tsx";
import { ConfigAsJson, ConfigFields, sortFields } from "./config-fields.tsx";

export type MemberChoice = Pick<AgentTemplate, "key" | "label" | "summary" | "name" | "budgetMonthlyCents"> & {
  /** Whether it is in the team to begin with. */
  isUsual: boolean;
};

interface TeamFieldsProps {
  choices: MemberChoice[];
  /** Who else may lead. */
  agents: { id: string; name: string }[];
  /** The one that leads already, when somebody does. */
  ceoId: string | null;
  adapter: AdapterForm;
}

/** Who is in the team, who leads it, and how all of it is reached. */
export function TeamFields({ choices, agents, ceoId, adapter }: TeamFieldsProps) {
  return (
    <>
      <fieldset>
        <legend>Who is in it</legend>
        {choices.map((choice) => (
          <Member key={choice.key} choice={choice} />
        ))}
      </fieldset>
      <Select
        label="Who leads"
        name="lead"
        options={[
          ...choices.map(({ key, label }) => [teamLead(key), `The ${label} of this team`] as const),
          ...agents.map(({ id, name }) => [id, name] as const),
          ["", "Nobody: all report to the board"],
        ]}
        defaultValue={ceoId ?? teamLead("ceo")}
        hint="The others report to it."
      />
      <ReachFields adapter={adapter} />
    </>
  );
}

function Member({ choice: { key, label, summary, name, budgetMonthlyCents, isUsual } }: { choice: MemberChoice }) {
  const budget = budgetMonthlyCents === null ? "No budget limit." : `${formatMoney(budgetMonthlyCents)} a month.`;
  return (
    <div className="team-member">
      <Checkbox label={label} name={memberField(key)} hint={`${summary} ${budget}`} defaultChecked={isUsual} />
      <Input
        label={`Name of the ${label}`}
        name={nameField(key)}
        defaultValue={name}
        maxLength={80}
        autoComplete="off"
      />
    </div>
  );
}

function ReachFields({ adapter }: { adapter: AdapterForm }) {
  const hasFindings = Object.keys(useFormFailure()?.fields ?? {}).length > 0;
  const { first, rare } = sortFields(adapter.fields);
  const settings = { config: {}, models: adapter.models };
  return (
    <>
      <input type="hidden" name="adapterType" value={adapter.type} />
      <ConfigFields key={adapter.type} fields={first} {...settings} />
      {adapter.fields.length === 0 && <ConfigAsJson key={`${adapter.type}-json`} config={{}} />}
      {rare.length > 0 && (
        <details className="note" open={hasFindings || undefined}>
          <summary>More settings</summary>
          <div className="form">
            <ConfigFields key={adapter.type} fields={rare} {...settings} />
          </div>
        </details>
      )}
      <p className="muted">
        All of them are reached this way. Instructions, budget and schedule come from the templates. Each can be changed
        later on its page.
      </p>
    </>
  );
}
