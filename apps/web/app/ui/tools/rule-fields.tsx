import type { ToolRule } from "@boardroom/contract";
import { Input, Radios, Select } from "../field.tsx";
import { optionsOf } from "../labels.ts";

export interface RuleChoices {
  agents: { id: string; name: string }[];
  adapters: { type: string; label: string }[];
}

const effects = [
  ["allow", "Allow", "The call goes on without asking."],
  ["ask", "Ask me", "It waits for somebody of the board."],
  ["deny", "Deny", "The agent is told no, with the note below."],
] as const;

/** Which tool calls a rule is about, and what it does with them. */
export function RuleFields({ rule, agents, adapters }: RuleChoices & { rule?: ToolRule }) {
  return (
    <>
      <Radios label="What happens" name="effect" choices={effects} defaultValue={rule?.effect ?? "allow"} />
      <Input
        label="Tool"
        name="tool"
        maxLength={200}
        defaultValue={rule?.tool}
        placeholder="Bash"
        hint="Its name; * stands for anything."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <Input
        label="Command or file"
        name="shape"
        maxLength={1000}
        defaultValue={rule?.shape ?? ""}
        placeholder="npm test*"
        hint="What it has to look like; * stands for anything. Empty fits every call."
        className="input mono"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        optional
      />
      <div className="field-pair">
        <Select
          label="Agent"
          name="agentId"
          options={optionsOf(agents, "Every agent")}
          defaultValue={rule?.agentId ?? ""}
        />
        <Select
          label="Kind of agent"
          name="adapterType"
          options={[["", "Every kind"], ...adapters.map(({ type, label }) => [type, label] as const)]}
          defaultValue={rule?.adapterType ?? ""}
        />
      </div>
      <Input
        label="Note"
        name="note"
        maxLength={500}
        defaultValue={rule?.note ?? ""}
        hint="Why; the agent reads it when it is refused."
        optional
      />
    </>
  );
}
