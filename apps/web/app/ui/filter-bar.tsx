import { Form, useSearchParams, useSubmit } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Option } from "./field.tsx";

/** Filters that live in the address: choosing one applies it, without JavaScript the button does. */
export function FilterBar({ children }: { children: ReactNode }) {
  const submit = useSubmit();
  return (
    <Form
      method="get"
      className="filters"
      role="search"
      aria-label="Filters"
      preventScrollReset
      onChange={(event) => {
        if (
          event.target instanceof HTMLSelectElement ||
          (event.target instanceof HTMLInputElement && event.target.type === "date")
        )
          submit(event.currentTarget, { replace: true, preventScrollReset: true });
      }}
    >
      {children}
      <noscript>
        <button type="submit" className="button">
          Apply
        </button>
      </noscript>
    </Form>
  );
}

export function FilterSelect({ label, name, options }: { label: string; name: string; options: readonly Option[] }) {
  const [search] = useSearchParams();
  const value = search.get(name) ?? "";
  return (
    <select key={value} className="select" name={name} aria-label={label} defaultValue={value}>
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </select>
  );
}

export function FilterSearch({ label, name }: { label: string; name: string }) {
  const [search] = useSearchParams();
  const value = search.get(name) ?? "";
  return (
    <input
      key={value}
      className="input"
      type="search"
      name={name}
      aria-label={label}
      placeholder={label}
      defaultValue={value}
      enterKeyHint="search"
    />
  );
}

export function FilterDate({ label, name }: { label: string; name: string }) {
  const [search] = useSearchParams();
  const value = search.get(name) ?? "";
  return (
    <input
      key={value}
      className="input"
      type="date"
      name={name}
      aria-label={label}
      title={label}
      defaultValue={value}
    />
  );
}
