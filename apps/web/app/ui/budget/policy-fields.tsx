import type { BudgetPolicy } from "@boardroom/contract";
import { moneyInputValue } from "../../format/money.ts";
import { Checkbox, Input, type Option, Select } from "../field.tsx";

interface Choices {
  agents: { id: string; name: string }[];
  projects: { id: string; name: string }[];
}

const windows: Option[] = [
  ["day", "Day"],
  ["week", "Week, from Monday"],
  ["month", "Month"],
  ["rolling", "Rolling: the last days"],
  ["lifetime", "All time"],
];

/** Whose budget, over which span. One select for all of whom there may be, so that it works before JavaScript. */
export function NewPolicyFields({ agents, projects }: Choices) {
  return (
    <>
      <label className="field">
        Whose
        <select className="select" name="whose" defaultValue="company">
          <option value="company">The company</option>
          <optgroup label="Agents">
            {agents.map(({ id, name }) => (
              <option key={id} value={`agent ${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
          {projects.length > 0 && (
            <optgroup label="Projects">
              {projects.map(({ id, name }) => (
                <option key={id} value={`project ${id}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </select>
      </label>
      <Select label="Span" name="window" options={windows} defaultValue="month" hint="In UTC" />
      <div data-only="rolling">
        <Input label="Days" name="windowDays" inputMode="numeric" hint="2 to 366, the last one is today" />
      </div>
      <AmountFields />
    </>
  );
}

export function AmountFields({ policy }: { policy?: BudgetPolicy }) {
  return (
    <>
      <Input
        label="Budget"
        name="amountCents"
        affix="$"
        inputMode="decimal"
        defaultValue={moneyInputValue(policy?.amountCents)}
        hint="Empty means no limit, 0 means nothing may be spent."
      />
      <Input
        label="Tell the board at"
        name="alertPercent"
        inputMode="numeric"
        defaultValue={policy?.alertPercent ?? 80}
        hint="Percent of it"
      />
      <Checkbox
        label="Stop when it is used up"
        name="hardStop"
        hint="Runs under way are told to stop, and nothing new begins."
        defaultChecked={policy?.hardStop ?? true}
      />
    </>
  );
}
