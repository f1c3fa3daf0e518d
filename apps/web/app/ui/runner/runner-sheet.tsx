import type { Runner } from "@boardroom/contract";
import { Submit } from "../button.tsx";
import { Input } from "../field.tsx";
import { Form } from "../form.tsx";
import { Sheet } from "../sheet.tsx";
import { RunnerFields } from "./runner-fields.tsx";

export function RunnerSheet({ runner, agents }: { runner: Runner; agents: { id: string; name: string }[] }) {
  return (
    <Sheet name="edit" title={`Edit ${runner.name}`}>
      <Form intent="save" replace preventScrollReset>
        <RunnerFields runner={runner} agents={agents} />
        <Input
          label="Slots"
          name="slots"
          type="number"
          min={1}
          max={64}
          inputMode="numeric"
          defaultValue={runner.slots}
          hint="Runs at a time; never more than the machine itself takes."
          required
        />
        <div className="form-actions">
          <Submit intent="save">Save</Submit>
        </div>
      </Form>
    </Sheet>
  );
}
