import type { WebhookEndpoint } from "@boardroom/contract";
import { Input } from "../field.tsx";

/** Kinds of events that one can tick; others are written. */
export const eventKinds = [
  ["issue.", "Issues", "made, moved, commented, checked out"],
  ["run.", "Runs", "started, ended, failed"],
  ["approval.", "Approvals", "asked, decided, took effect"],
  ["agent.", "Agents", "hired, paused, changed"],
  ["cost.", "Costs", "each cost that is reported"],
  ["budget_incident.", "Budgets", "nearly used up, used up"],
  ["goal.", "Goals", "made and changed"],
  ["project.", "Projects", "made and changed"],
  ["routine.", "Routines", "made, changed, fired"],
] as const;
const ticked = new Set<string>(eventKinds.map(([kind]) => kind));

/** Where webhooks go, and what they tell. */
export function EndpointFields({ endpoint }: { endpoint?: WebhookEndpoint }) {
  const eventTypes = endpoint?.eventTypes ?? [];
  return (
    <>
      <Input
        label="Address"
        name="url"
        type="url"
        inputMode="url"
        maxLength={2000}
        placeholder="https://example.com/hooks/boardroom"
        defaultValue={endpoint?.url}
        hint="Public and https. Redirects are not followed."
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        required
      />
      <Input
        label="Description"
        name="description"
        maxLength={500}
        defaultValue={endpoint?.description ?? ""}
        hint="Who listens there."
        optional
      />
      <fieldset className="form">
        <legend>
          Tell it of <span className="optional">(everything when none is chosen)</span>
        </legend>
        {eventKinds.map(([kind, label, hint]) => (
          <label className="check" key={kind}>
            <input type="checkbox" name="kind" value={kind} defaultChecked={eventTypes.includes(kind)} />
            <span>
              {label}
              <span className="hint">{hint}</span>
            </span>
          </label>
        ))}
        <Input
          label="Other events"
          name="actions"
          defaultValue={eventTypes.filter((type) => !ticked.has(type)).join(", ")}
          placeholder="member.joined, secret."
          hint="As the log calls them, with commas between. One that ends in a dot stands for all that begin so."
          autoCapitalize="none"
          spellCheck={false}
          optional
        />
      </fieldset>
    </>
  );
}
