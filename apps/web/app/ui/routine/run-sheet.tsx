import type { Routine } from "@boardroom/contract";
import { Submit } from "../button.tsx";
import { Input } from "../field.tsx";
import { Form, OnceKey } from "../form.tsx";
import { Sheet } from "../sheet.tsx";

/** Fires the routine by hand, with other values for its variables where they are wished. */
export function RunSheet({ routine, onceKey }: { routine: Routine; onceKey: string }) {
  return (
    <Sheet name="run" title={`Run ${routine.title}`}>
      <Form intent="run" replace preventScrollReset>
        <OnceKey value={onceKey} />
        <p className="muted">It fires as a schedule would, with the same rules.</p>
        {routine.variables.map((variable) => (
          <Input
            key={variable.name}
            label={variable.name}
            name={`value-${variable.name}`}
            maxLength={4000}
            placeholder={variable.default ?? undefined}
            hint={variable.description ?? undefined}
            required={variable.required && variable.default === null}
            autoComplete="off"
          />
        ))}
        <div className="form-actions">
          <Submit intent="run">Run now</Submit>
        </div>
      </Form>
    </Sheet>
  );
}
