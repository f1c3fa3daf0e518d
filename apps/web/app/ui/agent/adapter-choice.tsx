import type { AdapterInfo } from "@boardroom/contract";
import { Form, useSearchParams, useSubmit } from "@remix-run/react";
import { useId } from "react";

interface AdapterChoiceProps {
  adapters: readonly Pick<AdapterInfo, "type" | "label" | "place" | "isExternal">[];
  current: string;
}

const places = [
  ["edge", "Called over the network"],
  ["runner", "Runs on your machine"],
] as const;

/** What kind of agent it is. It stands in the address: choosing one brings its settings, without JavaScript the button does. */
export function AdapterChoice({ adapters, current }: AdapterChoiceProps) {
  const submit = useSubmit();
  const id = useId();
  const [search] = useSearchParams();
  const template = search.get("template");
  return (
    <Form
      method="get"
      className="field"
      preventScrollReset
      onChange={(event) => submit(event.currentTarget, { replace: true, preventScrollReset: true })}
    >
      {template && <input type="hidden" name="template" value={template} />}
      <label htmlFor={id}>Kind of agent</label>
      <select id={id} key={current} className="select" name="adapter" defaultValue={current}>
        {places.map(([place, title]) => (
          <optgroup key={place} label={title}>
            {adapters
              .filter((adapter) => adapter.place === place)
              .map(({ type, label, isExternal }) => (
                <option key={type} value={type}>
                  {isExternal ? `${label} (of a runner)` : label}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      <noscript>
        <button type="submit" className="button">
          Show its settings
        </button>
      </noscript>
    </Form>
  );
}
