import { Submit } from "../button.tsx";
import { Select } from "../field.tsx";
import { Form } from "../form.tsx";
import { Sheet } from "../sheet.tsx";

const spans = [
  ["1", "the last hour"],
  ["24", "the last day"],
  ["168", "the last week"],
  ["720", "the last 30 days"],
] as const;

/** Asks from when on what did not get through is sent. */
export function MissedSheet() {
  return (
    <Sheet name="missed" title="Send what it missed">
      <Form intent="missed" replace preventScrollReset>
        <p className="muted">
          What failed, and what happened while it was stopped: the oldest first, at most 1,000. What got through is not
          sent again.
        </p>
        <Select label="Of" name="hours" options={spans} defaultValue="24" />
        <div className="form-actions">
          <Submit intent="missed">Send</Submit>
        </div>
      </Form>
    </Sheet>
  );
}
