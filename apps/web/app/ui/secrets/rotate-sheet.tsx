import { Submit } from "../button.tsx";
import { Select } from "../field.tsx";
import { Form } from "../form.tsx";
import { Sheet } from "../sheet.tsx";
import { ValueField } from "./secret-fields.tsx";

const keeps = [
  ["7", "for 7 days"],
  ["30", "for 30 days"],
  ["1", "for a day"],
  ["0", "not at all: destroy it"],
] as const;

/** Takes a new value, and asks what becomes of the old one. */
export function RotateSheet() {
  return (
    <Sheet name="rotate" title="A new value">
      <Form intent="rotate" replace preventScrollReset>
        <ValueField label="New value" hint="Runs that start from now on get it. Runs that have the old one keep it." />
        <Select label="Keep the old value" name="keepDays" options={keeps} defaultValue="7" />
        <div className="form-actions">
          <Submit intent="rotate">Use the new value</Submit>
        </div>
      </Form>
    </Sheet>
  );
}
