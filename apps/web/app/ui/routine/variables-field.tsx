import type { RoutineVariable } from "@boardroom/contract";
import Plus from "lucide-react/icons/plus";
import { useState } from "react";
import { Button } from "../button.tsx";
import { Checkbox, Input, useFormFailure } from "../field.tsx";
import { useIsAlive } from "../use-is-alive.ts";

const most = 50;

/** What fills `{{name}}`: one row each, and an empty one to add the next. Before JavaScript each save adds one. */
export function VariablesField({ variables }: { variables: readonly RoutineVariable[] }) {
  const typedRows = countTyped(useFormFailure()?.values ?? {});
  const isAlive = useIsAlive();
  const [added, setAdded] = useState(0);
  const rows = Math.min(most, Math.max(variables.length, typedRows) + added);
  // Before JavaScript an empty row is how one is added.
  const shown = isAlive ? rows : rows + 1;
  return (
    <fieldset className="variables">
      <legend>Variables</legend>
      <p className="hint">
        A name in double braces, as in {"{{region}}"}, is filled when the routine fires. {"{{date}}"}, {"{{timestamp}}"}{" "}
        and {"{{payload}}"}, the body of a webhook, are always there.
      </p>
      <input type="hidden" name="variableRows" value={shown} />
      {Array.from({ length: shown }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <VariableRow key={row} row={row} variable={variables[row]} isOpen={row < rows} />
      ))}
      {isAlive && rows < most && (
        <div className="line">
          <Button kind="quiet" onClick={() => setAdded(added + 1)}>
            <Plus size={16} aria-hidden="true" />
            Add a variable
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function VariableRow({
  row,
  variable,
  isOpen,
}: {
  row: number;
  variable?: RoutineVariable | undefined;
  isOpen: boolean;
}) {
  const field = (part: string) => `variable-${row}-${part}`;
  return (
    <details className="note variable" open={isOpen || undefined}>
      <summary>{variable?.name || (isOpen ? "New variable" : "One more variable")}</summary>
      <div className="form">
        <div className="field-pair">
          <Input
            label="Name"
            name={field("name")}
            maxLength={60}
            pattern="[A-Za-z_][A-Za-z0-9_]*"
            defaultValue={variable?.name}
            placeholder="region"
            autoComplete="off"
            autoCapitalize="none"
          />
          <Input
            label="Default"
            name={field("default")}
            maxLength={4000}
            defaultValue={variable?.default ?? ""}
            optional
          />
        </div>
        <Input
          label="What it is for"
          name={field("description")}
          maxLength={500}
          defaultValue={variable?.description ?? ""}
          optional
        />
        <Checkbox
          label="Required"
          name={field("required")}
          defaultChecked={variable?.required ?? false}
          hint="Without a value and a default nothing fires."
        />
      </div>
    </details>
  );
}

/** How many rows were filled in when the form came back. */
function countTyped(values: Record<string, string>): number {
  const rows = Number(values.variableRows ?? 0);
  return Array.from({ length: rows }, (_, row) => row + 1).findLast((row) => values[`variable-${row - 1}-name`]) ?? 0;
}
